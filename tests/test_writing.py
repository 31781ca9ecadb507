"""Changes on disk."""

from __future__ import annotations

import os
from pathlib import Path

from codemods.edits import Edit
from codemods.finding import Finding, Fix, Severity
from codemods.results import Changes, FileChange
from codemods.source import Place, Span
from codemods.writing import write


def _change(path: Path, data: bytes = b"old\n") -> FileChange:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return FileChange(path, data, b"new\n", (Edit(path, Span(0, 3), "new"),))


def _finding(path: Path) -> Finding:
    fix = Fix("Load it", (), lambda: ())
    return Finding("MN101", "eager-load", "x", Severity.HIGH, Place(path, Span(0, 3)), fix=fix)


def _changes(root: Path, files: list[FileChange], *joined: set[Path]) -> Changes:
    touched = tuple(frozenset(paths) for paths in joined)
    applied = tuple(_finding(min(paths)) for paths in touched)
    return Changes(root, files=tuple(files), applied=applied, touched=touched)


def _listing(root: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_files_are_replaced_and_keep_their_mode(tmp_path: Path) -> None:
    change = _change(tmp_path / "a.py")
    os.chmod(change.path, 0o754)
    result = write(_changes(tmp_path, [change], {change.path}))
    assert _listing(tmp_path) == {"a.py": b"new\n"}
    assert change.path.stat().st_mode & 0o777 == 0o754
    assert result.files == (change,)
    assert not result.failures


def test_a_file_that_changed_meanwhile_is_left(tmp_path: Path) -> None:
    one, other = _change(tmp_path / "a.py"), _change(tmp_path / "b.py")
    one.path.write_bytes(b"somebody's work\n")
    result = write(_changes(tmp_path, [one, other], {one.path}, {other.path}))
    assert _listing(tmp_path) == {"a.py": b"somebody's work\n", "b.py": b"new\n"}
    assert [failure.path for failure in result.failures] == [one.path]
    assert "changed since it was read" in result.failures[0].message
    assert [finding.place.path for finding in result.applied] == [other.path]
    assert [finding.place.path for finding in result.left] == [one.path]


def test_the_files_of_a_fix_are_written_together_or_not(tmp_path: Path) -> None:
    files = [_change(tmp_path / name) for name in ("a.py", "b.py", "c.py", "d.py")]
    a, b, c, d = (change.path for change in files)
    c.unlink()
    result = write(_changes(tmp_path, files, {a, b}, {b, c}, {d}))
    assert _listing(tmp_path) == {"a.py": b"old\n", "b.py": b"old\n", "d.py": b"new\n"}
    assert [change.path for change in result.files] == [d]
    assert len(result.left) == 2
    assert "2 other files" in result.failures[0].message


def test_a_read_only_file_and_a_link_are_left(tmp_path: Path) -> None:
    one, other = _change(tmp_path / "a.py"), _change(tmp_path / "b.py")
    one.path.chmod(0o444)
    outside = tmp_path / "outside"
    outside.mkdir()
    target = _change(outside / "t.py").path
    other.path.unlink()
    other.path.symlink_to(target)
    result = write(_changes(tmp_path, [one, other], {one.path}, {other.path}))
    assert one.path.read_bytes() == b"old\n"
    assert target.read_bytes() == b"old\n"
    assert ["read-only" in f.message or "a link" in f.message for f in result.failures] == [
        True
    ] * 2


def test_places_are_those_of_the_written_text(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"old\nuse\n")
    edits = (Edit(path, Span(0, 3), "longer"),)
    change = FileChange(path, b"old\nuse\n", b"longer\nuse\n", edits)
    left = Finding("MN101", "eager-load", "x", Severity.HIGH, Place(path, Span(4, 7)))
    changes = Changes(tmp_path, files=(change,), left=(left,))
    result = write(changes)
    assert result.source(path).slice(result.left[0].place.span) == "use"
