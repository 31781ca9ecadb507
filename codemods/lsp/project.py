"""One project as the server knows it, kept between two analyses.

Everything here runs on the server's worker thread, one call after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from codemods.edits import Edit
from codemods.engine import ConfigurationError, Report, edits_of
from codemods.finding import Finding, Fix, Role
from codemods.fixing import Fixer
from codemods.lsp.buffers import Buffer
from codemods.lsp.found import Found, alike
from codemods.project.config import load_settings
from codemods.project.discovery import python_files
from codemods.results import Looked, ScopeKey
from codemods.selection import Selection
from codemods.settings import Settings
from codemods.source import Place, SourceFile
from codemods.typed import Text, Typed
from codemods.union import in_order
from codemods.workspace import Workspace, concerns

_Stamp = tuple[int, int]
_ENDS = (Role.USE, Role.LOOP, Role.QUERY, Role.CALL)


class StaleError(Exception):
    """A file is no longer what was analysed."""


class NotMadeError(Exception):
    """Why there are no edits for a fix."""


@dataclass(frozen=True)
class State:
    """What was found in the open files, in one state of the project.

    `problem` is what is wrong with the settings; the last good ones were used then.
    """

    report: Report
    buffers: Mapping[Path, Buffer]
    problem: str | None = None

    def of(self, path: Path) -> list[Finding]:
        """The findings that have an end in a file."""
        return [finding for finding in self.report.problems if end_in(finding, path)]

    def fixable(self, path: Path) -> bool:
        """True if a file has a finding with a safe fix."""
        return any(finding.applicability == "safe" for finding in self.of(path))


def end_in(finding: Finding, path: Path) -> Place | None:
    """Where a finding shows in a file: the use, else the loop, the query or a call between them."""
    if finding.place.path == path:
        return finding.place
    notes = [note for note in finding.related if note.place.path == path]
    ends = [note.place for role in _ENDS for note in notes if note.role is role]
    return ends[0] if ends else None


class Project:
    """A project's files, read once and then again where they changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._settings = Settings()
        self._problem: str | None = None
        self._selection = Selection(root, self._settings, (), ())
        self._workspace: Workspace | None = None
        self._stamps: dict[Path, _Stamp] = {}
        self._overlay: dict[Path, bytes] = {}
        # What rules over models find lies under the project's folder.
        self._found = Found()
        # The last text that parsed, of files in which what was found has its places still there.
        self._texts: dict[Path, Text | None] = {}

    def state(self, buffers: Mapping[Path, Buffer], *, look: bool) -> State:
        """Check the open files, and the functions of others that reach into them.

        Args:
            look: find out what has changed on disk, too, and go through all of these anew. Without
                it only the functions are in which something was typed, and those with a finding
                in them: the rest would take seconds for each keystroke, and waits for the next
                look. Whoever asks for its edits gets what is true by then.
        """
        overlay = {path: buffer.data for path, buffer in buffers.items()}
        try:
            changed = self._take_in(overlay, look)
        except Exception:
            # Half of a change is no state to go on from.
            self._workspace = None
            raise
        return State(self._report(overlay, changed), dict(buffers), self._problem)

    def _take_in(self, overlay: Mapping[Path, bytes], look: bool) -> set[Path] | None:
        """The files that are others now, None if any may be."""
        if self._lacks(overlay) or (look and self._changed_on_disk(overlay)):
            self._open(overlay)
            self._found.state += 1
            return None
        changed = self._update(overlay)
        self._found.state += bool(changed)
        return None if look else changed

    def _report(self, paths: Iterable[Path], changed: set[Path] | None) -> Report:
        workspace = self._read()
        reported = {path for path in paths if path in workspace}
        if changed is None:
            self._look(reported)
        else:
            self._follow(reported)
        found = (
            finding
            for finding in self._found.findings
            if concerns(finding, reported)
            and self._texts.keys().isdisjoint(place.path for place in finding.places)
        )
        return Report(
            self.root,
            failures=(*workspace.failures.values(), *self._found.failures),
            projects={self.root: workspace.settings},
            sources=dict(self._sources()),
            findings=tuple(in_order(found)),
        )

    def _look(self, reported: Iterable[Path]) -> None:
        """Go through all functions that concern some files, and all models."""
        self._found.clear()
        self._texts.clear()
        for path in self._read().looked_at(sorted(reported)):
            self._look_at(path)
        self._look_at(self.root)

    def _follow(self, reported: Iterable[Path]) -> None:
        """Go through the functions in which something was typed; through the open files where it
        was typed elsewhere. Rules over models wait for the next look: they take all files."""
        again: dict[Path, set[ScopeKey] | None] = {}
        files, others = set(), set()
        for path, before in list(self._texts.items()):
            later = self._text(path)
            if later is None or later.rest is None:
                continue  # Until it parses, what was found in it is not told.
            del self._texts[path]
            files.add(path)
            typed = Typed(before, later) if before else None
            if typed is not None:
                _add(again, self._found.typed(typed))
            if typed is None or typed.functions is None:
                others.add(path)
        if others:
            _add(again, self._found.knowing(others))
            again |= dict.fromkeys(reported)
        again |= dict.fromkeys(path for path in reported if path not in self._found)
        if again.pop(self.root, None):
            self._found.drop(self.root, files)
        for path, scopes in again.items():
            self._look_at(path, scopes)

    def _look_at(self, path: Path, scopes: set[ScopeKey] | None = None) -> None:
        workspace = self._read()
        looked: dict[ScopeKey, Looked] = {}
        if path == self.root:
            looked[None] = Looked(*workspace.declared(self._selection))
        else:
            looked = workspace.found_in(path, self._selection, scopes)
        self._found.take(path, looked, scopes)

    def _text(self, path: Path) -> Text | None:
        """A file as it is; None where it does not parse, or is none that matters."""
        source, facts = self._source(path), self._read().facts(path)
        return Text(source, facts) if source is not None and facts is not None else None

    def edits(self, finding: Finding, fix: Fix, state: State) -> tuple[Edit, ...]:
        """The edits of a finding's fix.

        Raises:
            NotMadeError: where the fix cannot be made, or not any more.
            StaleError: if a file that they change, and that is not open, is another one by now.
        """
        for path, scopes in self._found.outdated(finding).items():
            self._look_at(path, scopes)
        found = alike(finding, fix, in_order(self._found.findings))
        if found is None:
            raise NotMadeError("what this fix is about has changed")
        try:
            edits = edits_of(found[0], state.report, found[1])
        except Exception as error:
            raise NotMadeError(f"this fix cannot be made: {error}") from error
        for path in {edit.path for edit in edits} - set(state.buffers):
            if not path.is_file() or path.read_bytes() != state.report.source(path).data:
                raise StaleError(str(path))
        return edits

    def all_edits(self, path: Path) -> tuple[Edit, ...]:
        """The edits of all safe fixes that change no other file than this one."""
        workspace = self._read()
        source = workspace.source(path)
        try:
            changes = Fixer(workspace, self._selection, [path], review=False, within=True).run()
        finally:
            workspace.update({path: source.data})
        return tuple(edit for change in changes.files for edit in change.edits)

    def _sources(self) -> Iterator[tuple[Path, SourceFile]]:
        for path in {*self._stamps, *self._overlay}:
            source = self._source(path)
            if source is not None:
                yield path, source

    def _source(self, path: Path) -> SourceFile | None:
        """The file as the workspace has it; None for one that it does not read."""
        workspace = self._read()
        try:
            return workspace.source(path) if path in workspace else None
        except KeyError:
            return None

    def _lacks(self, overlay: Mapping[Path, bytes]) -> bool:
        """True if nothing was read yet, or a file is open that was never saved."""
        workspace = self._workspace
        return workspace is None or any(p not in workspace and not p.exists() for p in overlay)

    def _read(self) -> Workspace:
        assert self._workspace is not None
        return self._workspace

    def _open(self, overlay: Mapping[Path, bytes]) -> None:
        """Read the whole project anew."""
        self._configure()
        files = set(python_files(self.root, self._settings))
        self._stamps = {path: _stamp(path) for path in files}
        files |= {path for path in overlay if not path.exists()}
        self._overlay = {path: data for path, data in overlay.items() if path in files}
        self._workspace = Workspace(self.root, self._settings, files, self._overlay)

    def _configure(self) -> None:
        try:
            settings = load_settings(self.root)
            self._selection = Selection(self.root, settings, (), ())
            self._settings = settings
            self._problem = None
        except ConfigurationError as error:
            where = f":{error.row}" if error.row else ""
            self._problem = f"{error.path}{where}: {error.message}"

    def _changed_on_disk(self, overlay: Mapping[Path, bytes]) -> bool:
        """True if files or settings came, went or changed; what is open does not count."""
        before, problem = self._settings, self._problem
        self._configure()
        if (before, problem) != (self._settings, self._problem):
            return True
        now = {path: _stamp(path) for path in python_files(self.root, self._settings)}
        if now.keys() != self._stamps.keys():
            return True
        changed = {path for path, stamp in now.items() if stamp != self._stamps[path]}
        self._stamps = now
        return bool(changed - set(overlay))

    def _update(self, overlay: Mapping[Path, bytes]) -> set[Path]:
        """Take in what was typed, opened and closed: the files that changed."""
        workspace = self._read()
        changed = {}
        for path in {*overlay, *self._overlay}:
            source = self._source(path)
            if source is not None:
                data = overlay[path] if path in overlay else _bytes(path)
                if data != source.data:
                    changed[path] = data
        if changed:
            self._texts = {path: self._text(path) for path in changed} | self._texts
            workspace.update(changed)
        self._overlay = {path: data for path, data in overlay.items() if path in workspace}
        return set(changed)


def _add(again: dict[Path, set[ScopeKey] | None], more: Mapping[Path, set[ScopeKey]]) -> None:
    for path, scopes in more.items():
        known = again.setdefault(path, set())
        if known is not None:
            known |= scopes


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size
