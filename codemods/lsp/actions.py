"""Code actions: a finding's fixes, all safe fixes of a file, and the comment that suppresses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from codemods.edits import Edit
from codemods.finding import Applicability, Finding, Fix
from codemods.lsp.buffers import path_of
from codemods.lsp.convert import Converter, title_of
from codemods.lsp.project import NotMadeError, Project, StaleError, State
from codemods.lsp.server import Server
from codemods.lsp.suppress import suppression

FIX_ALL = "source.fixAll.minusn"
_FIX_ALL_TITLE = "Make all safe fixes of minusn in this file"


async def code_actions(
    server: Server, params: types.CodeActionParams
) -> list[types.CodeAction] | None:
    """The actions for a range, with their edits if the client does not ask for them later."""
    path = path_of(params.text_document.uri)
    if path is None:
        return None
    state = await server.state(path)
    found = list(_actions(server.converter(state), state, path, params))
    if server.resolves:
        return found
    eager = []
    for action in found:
        try:
            eager.append(await resolve(server, action))
        except JsonRpcException:
            continue
    return eager


def _actions(
    converter: Converter, state: State, path: Path, params: types.CodeActionParams
) -> Iterator[types.CodeAction]:
    wanted = params.context.only
    found = converter.findings_in(path, params.range)
    if _asked(types.CodeActionKind.QuickFix, wanted):
        for finding in found:
            place = converter.range_of(finding, path)
            echoed = _echoed(finding, place, params.context.diagnostics)
            yield from _fixes(finding, path, echoed)
            here = finding.place.path == path
            edit = suppression(finding, state.report.source(path)) if here else None
            if edit is not None:
                yield types.CodeAction(
                    title=f"Ignore {finding.name} here",
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=echoed,
                    is_preferred=False,
                    edit=converter.workspace_edit([edit]),
                )
    # Nobody wants a light bulb on every line of a file.
    if _asked(FIX_ALL, wanted) and state.fixable(path) and (found or wanted):
        yield types.CodeAction(title=_FIX_ALL_TITLE, kind=FIX_ALL, data={"path": str(path)})


def _fixes(
    finding: Finding, path: Path, echoed: list[types.Diagnostic] | None
) -> Iterator[types.CodeAction]:
    for fix in (finding.fix, *finding.alternatives):
        if fix is None or fix.applicability is Applicability.DISPLAY:
            continue
        span = finding.place.span
        yield types.CodeAction(
            title=title_of(fix),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=echoed,
            is_preferred=fix is finding.fix and fix.applicability is Applicability.SAFE,
            data={
                "path": str(path),
                "code": finding.code,
                "message": finding.message,
                "file": str(finding.place.path),
                "start": span.start,
                "end": span.end,
                "fix": fix.title,
            },
        )


def _asked(kind: str, wanted: object) -> bool:
    """True if the client wants actions of a kind, or does not say what it wants."""
    if not isinstance(wanted, (list, tuple)):
        return True
    return any(not w or kind == w or kind.startswith(f"{w}.") for w in map(_text, wanted))


def _text(kind: object) -> str:
    return str(kind.value) if isinstance(kind, types.CodeActionKind) else str(kind)


def _echoed(
    finding: Finding, place: types.Range, diagnostics: object
) -> list[types.Diagnostic] | None:
    """The client's own diagnostic of a finding, told by its range and code alone."""
    assert isinstance(diagnostics, (list, tuple))
    found = [d for d in diagnostics if d.range == place and d.code in (finding.name, None)]
    return found[:1] or None


async def resolve(server: Server, action: types.CodeAction) -> types.CodeAction:
    """Add an action's edit, made for what the files are now.

    Raises:
        JsonRpcException: if there is no such finding any more, or its fix cannot be made.
    """
    data = action.data
    if action.edit is not None or not isinstance(data, dict):
        return action
    path = Path(data["path"])

    def edits(project: Project, state: State) -> tuple[Edit, ...]:
        if action.kind == FIX_ALL:
            return project.all_edits(path)
        return project.edits(*_chosen(state, path, data), state)

    try:
        state, made = await server.state_and(path, edits)
    except StaleError:
        server.changed(path, on_disk=True)
        message, code = "the file has changed meanwhile", types.LSPErrorCodes.ContentModified
        raise JsonRpcException(message, code) from None
    except NotMadeError as error:
        raise JsonRpcException(str(error), types.LSPErrorCodes.RequestFailed) from error
    action.edit = server.converter(state).workspace_edit(made)
    return action


def _chosen(state: State, path: Path, data: dict[str, object]) -> tuple[Finding, Fix]:
    for finding in state.of(path):
        span = finding.place.span
        same = (finding.code, finding.message, str(finding.place.path), span.start, span.end)
        if same != tuple(data[key] for key in ("code", "message", "file", "start", "end")):
            continue
        for fix in (finding.fix, *finding.alternatives):
            if fix is not None and fix.title == data["fix"]:
                return finding, fix
    raise StaleError(str(path))
