"""Changes on disk: each file in one step, the files of one fix all or none."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from codemods.finding import Finding
from codemods.moving import after, moved
from codemods.results import Changes, Failure, FileChange
from codemods.source import Place, SourceFile


class _NotWritten(Exception):
    """Why a file could not be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


def write(changes: Changes) -> Changes:
    """Write what was worked out, and tell what came of it: `files` are those that were written.

    Files that one fix joins are a group. If one of them is not what it was when it was read, or
    cannot be written, the group stays as it is, its fixes are left and a failure says so.
    """
    written: list[FileChange] = []
    failures: list[Failure] = []
    left_alone: set[Path] = set()
    for group in _groups(changes):
        members = [change for change in changes.files if change.path in group]
        try:
            _write_all(members)
            written += members
        except _NotWritten as error:
            left_alone |= group
            others = len(members) - 1
            also = f", and neither were {others} other files of the same fixes" if others else ""
            failures.append(Failure(error.path, f"was not written{also}: {error.reason}"))
    pairs = list(zip(changes.applied, changes.touched, strict=True))
    kept = [(finding, paths) for finding, paths in pairs if not paths & left_alone]
    undone = [finding for finding, paths in pairs if paths & left_alone]
    edits = {change.path: change.edits for change in written}

    def now(place: Place) -> Place:
        return after(place, edits.get(place.path, ()))

    def as_is(findings: Sequence[Finding]) -> tuple[Finding, ...]:
        return tuple(moved(finding, now) for finding in findings)

    data = {change.path: SourceFile(change.path, change.after) for change in written}
    return replace(
        changes,
        files=tuple(written),
        applied=as_is([finding for finding, _ in kept]),
        touched=tuple(paths for _, paths in kept),
        left=as_is([*changes.left, *undone]),
        failures=(*changes.failures, *failures),
        outside=tuple(path for path in changes.outside if path not in left_alone),
        sources={**changes.sources, **data},
    )


def _groups(changes: Changes) -> list[set[Path]]:
    """The changed files, those together that fixes join."""
    groups = [{change.path} for change in changes.files]
    for paths in changes.touched:
        joined = [group for group in groups if group & paths]
        groups = [group for group in groups if not group & paths]
        if joined:
            groups.append(set().union(*joined))
    return groups


def _write_all(changes: Sequence[FileChange]) -> None:
    """Replace all files, or none.

    Raises:
        _NotWritten: with the first file that stood in the way.
    """
    prepared: list[tuple[FileChange, Path]] = []
    replaced: list[FileChange] = []
    try:
        for change in changes:
            _unchanged(change)
            prepared.append((change, _beside(change.path, change.after)))
        for change, temporary in prepared:
            _unchanged(change)
            _replace(temporary, change.path)
            replaced.append(change)
    except _NotWritten:
        for change in replaced:
            _replace(_beside(change.path, change.before), change.path)
        raise
    finally:
        for _, temporary in prepared:
            with suppress(FileNotFoundError):
                temporary.unlink()


def _unchanged(change: FileChange) -> None:
    path = change.path
    try:
        data = path.read_bytes()
        mode = path.stat().st_mode
    except OSError as error:
        raise _NotWritten(path, f"it cannot be read: {error.strerror or error}") from error
    if data != change.before:
        raise _NotWritten(path, "it has changed since it was read; run minusn again")
    if path.resolve() != path:
        raise _NotWritten(path, "it has become a link since it was read")
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
        raise _NotWritten(path, "it is read-only")


def _beside(path: Path, data: bytes) -> Path:
    """A file with the new bytes and the old mode, in the same folder."""
    try:
        descriptor, name = tempfile.mkstemp(
            prefix=f".{path.name}.", suffix=".minusn", dir=path.parent
        )
    except OSError as error:
        raise _NotWritten(path, f"its folder cannot be written: {error.strerror}") from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.chmod(temporary, stat.S_IMODE(path.stat().st_mode))
    except OSError as error:
        temporary.unlink()
        raise _NotWritten(path, error.strerror or str(error)) from error
    return temporary


def _replace(temporary: Path, path: Path) -> None:
    try:
        os.replace(temporary, path)
    except OSError as error:
        raise _NotWritten(path, error.strerror or str(error)) from error
