"""The installed command, driven by pytest-lsp as several editors would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.protocol import default_converter
from pygls.uris import from_fs_path
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features
from sample import COMMAND, write_project

TIMEOUT = 30


class Editor:
    """One client in one project, with the texts that it shows."""

    def __init__(self, client: pytest_lsp.LanguageClient, folder: Path, encoding: str) -> None:
        self.client = client
        self.folder = folder
        self.encoding = encoding
        self.texts: dict[Path, str] = {}
        self.versions: dict[Path, int] = {}
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.publications: list[types.PublishDiagnosticsParams] = []
        self._news = asyncio.Condition()

    @property
    def package(self) -> Path:
        return self.folder / "library"

    def uri(self, path: Path) -> str:
        return from_fs_path(str(path)) or ""

    def open(self, path: Path, text: str | None = None) -> None:
        self.texts[path] = path.read_bytes().decode() if text is None else text
        self.versions[path] = 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(
                types.TextDocumentItem(self.uri(path), "python", 1, self.texts[path])
            )
        )

    def change(self, path: Path, text: str) -> None:
        self.texts[path] = text
        self.versions[path] += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(
                    uri=self.uri(path), version=self.versions[path]
                ),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def save(self, path: Path) -> None:
        path.write_bytes(self.texts[path].encode())
        self.client.text_document_did_save(
            types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(self.uri(path)))
        )

    def close(self, path: Path) -> None:
        del self.texts[path], self.versions[path]
        self.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(self.uri(path)))
        )

    def touched_on_disk(self, path: Path) -> None:
        self.client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams(
                [types.FileEvent(self.uri(path), types.FileChangeType.Changed)]
            )
        )

    async def receive(self, params: types.PublishDiagnosticsParams) -> None:
        async with self._news:
            self.published[params.uri] = params
            self.publications.append(params)
            self._news.notify_all()

    async def diagnostics(
        self, path: Path, wanted: Callable[[list[types.Diagnostic]], bool] | None = None
    ) -> list[types.Diagnostic]:
        """What is published for the present version of a file, once it is as `wanted`."""

        def there() -> bool:
            params = self.published.get(self.uri(path))
            return (
                params is not None
                and params.version == self.versions[path]
                and (wanted is None or wanted(list(params.diagnostics)))
            )

        async with self._news:
            await asyncio.wait_for(self._news.wait_for(there), TIMEOUT)
        return list(self.published[self.uri(path)].diagnostics)

    async def actions(
        self, path: Path, place: types.Range, *only: str, echo: list[types.Diagnostic] | None = None
    ) -> list[types.CodeAction]:
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(self.uri(path)),
                place,
                types.CodeActionContext(echo or [], only=list(only) or None),
            )
        )
        return [action for action in found or [] if isinstance(action, types.CodeAction)]

    async def edit(self, action: types.CodeAction) -> types.WorkspaceEdit:
        """The action's edit, asked for only as far as this client can."""
        assert self.client.capabilities.text_document is not None
        support = self.client.capabilities.text_document.code_action
        if action.edit is None and support and support.resolve_support:
            action = await self.client.code_action_resolve_async(action)
        assert action.edit is not None, action.title
        return action.edit


def modern_code() -> types.ClientCapabilities:
    """VS Code as of 2025, which asks for diagnostics itself."""
    capabilities = pytest_lsp.client_capabilities("visual_studio_code@v1.65.2")
    assert capabilities.text_document and capabilities.workspace
    capabilities.text_document.diagnostic = types.DiagnosticClientCapabilities(
        dynamic_registration=True, related_document_support=False
    )
    capabilities.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(
        refresh_support=True
    )
    return capabilities


CLIENTS: dict[str, Callable[[], types.ClientCapabilities]] = {
    "code": lambda: pytest_lsp.client_capabilities("visual_studio_code@v1.65.2"),
    "neovim": lambda: pytest_lsp.client_capabilities("neovim@v0.11.0"),
    "emacs": lambda: pytest_lsp.client_capabilities("emacs@v29.1"),
}


class Client(pytest_lsp.LanguageClient):
    """pytest-lsp's client, with what the server registers, and the editor that tests talk to."""

    editor: Editor
    registered: list[types.Registration]


async def connect(client: Client, folder: Path, capabilities: types.ClientCapabilities) -> None:
    """Introduce the client to the server."""
    client.registered = []

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        client.registered += params.registrations

    result = await client.initialize_session(
        types.InitializeParams(capabilities, root_uri=from_fs_path(str(folder)))
    )
    encoding = result.capabilities.position_encoding or types.PositionEncodingKind.Utf16
    editor = Editor(client, folder, str(getattr(encoding, "value", encoding)))
    client.editor = editor

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    async def publish(params: types.PublishDiagnosticsParams) -> None:
        await editor.receive(params)


def make_client() -> Client:
    """A client without pytest-lsp's own record of diagnostics, which forgets the versions."""
    client = Client(converter_factory=default_converter)
    publishing = types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS
    features = {name: f for name, f in DEFAULT_CLIENT_FEATURES.items() if name != publishing}
    register_lsp_features(client, features)
    return client


CONFIG = pytest_lsp.ClientServerConfig(
    server_command=[str(COMMAND), "lsp"], client_factory=make_client
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_project(tmp_path / "work")
    return tmp_path / "work"


@pytest_lsp.fixture(config=CONFIG)
async def code_client(lsp_client: Client, folder: Path) -> AsyncIterator[None]:
    await connect(lsp_client, folder, CLIENTS["code"]())
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=CONFIG)
async def pulling_client(lsp_client: Client, folder: Path) -> AsyncIterator[None]:
    await connect(lsp_client, folder, modern_code())
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=CONFIG, params=list(CLIENTS))
async def any_client(
    lsp_client: Client, folder: Path, request: pytest.FixtureRequest
) -> AsyncIterator[None]:
    await connect(lsp_client, folder, CLIENTS[request.param]())
    yield
    await lsp_client.shutdown_session()


@pytest.fixture
def code(code_client: Any) -> Editor:
    """VS Code."""
    return code_client.editor


@pytest.fixture
def pulling(pulling_client: Any) -> Editor:
    """A VS Code that asks for diagnostics."""
    return pulling_client.editor


@pytest.fixture
def editor(any_client: Any) -> Editor:
    """Each of the editors in turn."""
    return any_client.editor
