"""`minusn lsp`: the language server, on stdin and stdout.

The event loop answers, one worker thread analyses. Nothing here imports or runs the user's code.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.lsp.server import LanguageServer

from codemods import __version__
from codemods.lsp.buffers import Buffer, buffers_of
from codemods.lsp.convert import Converter
from codemods.lsp.project import Project, State
from codemods.project.discovery import project_root

DELAY = 0.2
"""Seconds without a keystroke before an analysis begins."""

_T = TypeVar("_T")
_Key = tuple[int, tuple[tuple[Path, int | None], ...]]


@dataclass
class _Tracked:
    """A project, its last analysis, and what that was made of."""

    project: Project
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    key: _Key | None = None
    state: State | None = None
    timer: asyncio.Task[None] | None = None
    told: str | None = None
    published: dict[str, tuple[int | None, list[types.Diagnostic]]] = field(default_factory=dict)


class Server(LanguageServer):
    """The server and what it knows about each project that has an open file."""

    def __init__(self) -> None:
        # pygls splits lines where editors do not, so it is never asked to change a part of a text.
        super().__init__("minusn", __version__, types.TextDocumentSyncKind.Full)
        self._worker = ThreadPoolExecutor(1, "minusn")
        self._projects: dict[Path, _Tracked] = {}
        self._looks = 0
        self.pulls = False

    @property
    def encoding(self) -> str:
        """What the client's columns count: `utf-8`, `utf-16` or `utf-32`."""
        chosen = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        return str(types.PositionEncodingKind(chosen).value)

    def supports(self, capability: str) -> bool:
        """What the client says of itself; False where it says nothing."""
        return bool(get_capability(self.client_capabilities, capability, False))

    def converter(self, state: State) -> Converter:
        return Converter(state, self.client_capabilities, self.encoding)

    @property
    def resolves(self) -> bool:
        """True if the client asks for an action's edit when it is chosen."""
        return self.supports("text_document.code_action.data_support") and "edit" in get_capability(
            self.client_capabilities, "text_document.code_action.resolve_support.properties", ()
        )

    def markup(self, text: str) -> types.MarkupContent:
        """Markdown, which a client that cannot show it gets as plain text."""
        kinds = get_capability(
            self.client_capabilities, "text_document.hover.content_format", None
        ) or (types.MarkupKind.PlainText,)
        markdown = types.MarkupKind.Markdown in kinds
        kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
        return types.MarkupContent(kind, text)

    async def work(self, action: Callable[..., _T], *arguments: Any) -> _T:
        """Run `action` on the worker thread."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, action, *arguments)

    async def state(self, path: Path) -> State:
        """What there is to say about the project of `path`, in its present state."""
        tracked = self._tracked(path)
        async with tracked.lock:
            return await self._refreshed(tracked)

    async def state_and(
        self, path: Path, action: Callable[[Project, State], _T]
    ) -> tuple[State, _T]:
        """The state, and what `action` makes of it before anything changes."""
        tracked = self._tracked(path)
        async with tracked.lock:
            state = await self._refreshed(tracked)
            return state, await self.work(action, tracked.project, state)

    async def _refreshed(self, tracked: _Tracked) -> State:
        buffers = self._buffers(tracked)
        key = self._key(buffers)
        if tracked.state is None or tracked.key != key:
            look = tracked.key is None or tracked.key[0] != key[0]
            tracked.state = await self.work(_analyse, tracked.project, buffers, look)
            tracked.key = key
            self._tell(tracked, tracked.state)
        return tracked.state

    async def settled(self, path: Path) -> State:
        """The state after `DELAY` seconds without a change."""
        tracked = self._tracked(path)
        key = None
        while key != (key := self._key(self._buffers(tracked))):
            await asyncio.sleep(DELAY)
        return await self.state(path)

    def changed(self, path: Path, *, on_disk: bool) -> None:
        """Analyse what knows the file soon, once nothing has changed for a moment."""
        self._looks += on_disk
        self._tracked(path)
        for root, tracked in self._projects.items():
            if path.is_relative_to(root):
                self._schedule(tracked)

    def changed_everywhere(self) -> None:
        """Analyse every project again."""
        self._looks += 1
        for tracked in self._projects.values():
            self._schedule(tracked)

    def closed(self, uri: str, path: Path) -> None:
        if not self.pulls:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        self._tracked(path).published.pop(uri, None)
        self.changed(path, on_disk=True)

    def _schedule(self, tracked: _Tracked) -> None:
        if tracked.timer is not None:
            tracked.timer.cancel()
        tracked.timer = asyncio.create_task(self._later(tracked))

    async def _later(self, tracked: _Tracked) -> None:
        await asyncio.sleep(DELAY)
        # A newer change cancels the waiting, never the analysis.
        tracked.timer = None
        try:
            async with tracked.lock:
                state = await self._refreshed(tracked)
            self._publish(tracked, state)
        except Exception as error:
            text = f"{tracked.project.root}: {type(error).__name__}: {error}"
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, text))

    def _publish(self, tracked: _Tracked, state: State) -> None:
        converter = self.converter(state)
        others = False
        for path, buffer in state.buffers.items():
            # A project inside of this one speaks for its own files.
            if project_root(path) != tracked.project.root:
                continue
            found = buffer.version, converter.diagnostics(path)
            before = tracked.published.get(buffer.uri)
            if found == before:
                continue
            tracked.published[buffer.uri] = found
            others |= before is not None and before[0] == found[0]
            if not self.pulls:
                self.text_document_publish_diagnostics(
                    types.PublishDiagnosticsParams(buffer.uri, found[1], found[0])
                )
        if self.pulls and others:
            self.workspace_diagnostic_refresh(None)

    def _tell(self, tracked: _Tracked, state: State) -> None:
        for failure in state.report.failures:
            text = f"{failure.path}: {failure.rule or 'minusn'}: {failure.message}"
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, text))
        if state.problem is not None and state.problem != tracked.told:
            self.window_show_message(
                types.ShowMessageParams(types.MessageType.Error, f"minusn: {state.problem}")
            )
        tracked.told = state.problem

    def _tracked(self, path: Path) -> _Tracked:
        root = project_root(path)
        if root not in self._projects:
            self._projects[root] = _Tracked(Project(root))
        return self._projects[root]

    def _buffers(self, tracked: _Tracked) -> dict[Path, Buffer]:
        buffers = buffers_of(self.workspace.text_documents.values())
        root = tracked.project.root
        return {p: b for p, b in buffers.items() if p.is_relative_to(root)}

    def _key(self, buffers: dict[Path, Buffer]) -> _Key:
        return self._looks, tuple(sorted((path, b.version) for path, b in buffers.items()))


def _analyse(project: Project, buffers: dict[Path, Buffer], look: bool) -> State:
    return project.state(buffers, look=look)


# An analysis makes trees and events by the hundred thousand, of which few end as cycles: looking for
# those as often as Python does by default takes a third of the time.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def main() -> None:
    """Serve until the client says exit."""
    from codemods.lsp.features import register

    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 20, 20)
    server = Server()
    register(server)
    server.start_io()
