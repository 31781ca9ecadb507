"""What the server answers to each message of the protocol."""

from __future__ import annotations

from lsprotocol import types

from codemods.lsp import actions
from codemods.lsp.buffers import path_of
from codemods.lsp.convert import page_of
from codemods.lsp.server import Server

_WATCHED = ("**/*.py", "**/*.pyi", "**/pyproject.toml", "**/.gitignore")


def register(server: Server) -> None:
    """Add every feature to a server that has not started yet."""
    server.feature(types.INITIALIZE)(_initialize)
    server.feature(types.INITIALIZED)(_initialized)
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(_did_open)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(_did_change)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(_did_save)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(_did_close)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_did_change_watched_files)
    server.feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(
            code_action_kinds=[types.CodeActionKind.QuickFix, actions.FIX_ALL],
            resolve_provider=True,
        ),
    )(actions.code_actions)
    server.feature(types.CODE_ACTION_RESOLVE)(actions.resolve)


def _initialize(server: Server, params: types.InitializeParams) -> None:
    # A client that cannot be told to pull again would keep what another file has made wrong.
    server.pulls = server.supports("text_document.diagnostic") and server.supports(
        "workspace.diagnostics.refresh_support"
    )
    if server.pulls:
        options = types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=False, identifier="minusn"
        )
        server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(_diagnostic)


def _initialized(server: Server, params: types.InitializedParams) -> None:
    if not server.supports("workspace.did_change_watched_files.dynamic_registration"):
        return
    options = types.DidChangeWatchedFilesRegistrationOptions(
        watchers=[types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
    )
    server.client_register_capability(
        types.RegistrationParams(
            [types.Registration("minusn-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)]
        )
    )


async def _did_open(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    if path := path_of(params.text_document.uri):
        server.changed(path, on_disk=True)


async def _did_change(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    if path := path_of(params.text_document.uri):
        server.changed(path, on_disk=False)


async def _did_save(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    if path := path_of(params.text_document.uri):
        server.changed(path, on_disk=True)


async def _did_close(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    if path := path_of(params.text_document.uri):
        server.closed(params.text_document.uri, path)


async def _did_change_watched_files(
    server: Server, params: types.DidChangeWatchedFilesParams
) -> None:
    server.changed_everywhere()


async def _diagnostic(
    server: Server, params: types.DocumentDiagnosticParams
) -> types.RelatedFullDocumentDiagnosticReport:
    path = path_of(params.text_document.uri)
    if path is None:
        return types.RelatedFullDocumentDiagnosticReport(items=[])
    state = await server.settled(path)
    return types.RelatedFullDocumentDiagnosticReport(
        items=server.converter(state).diagnostics(path)
    )


async def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    path = path_of(params.text_document.uri)
    if path is None:
        return None
    converter = server.converter(await server.state(path))
    place = types.Range(params.position, params.position)
    found = converter.findings_in(path, place)
    if not found:
        return None
    text = await server.work(page_of, found[0])
    return types.Hover(server.markup(text), converter.range_of(found[0], path))
