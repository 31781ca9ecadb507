"""Which files a project has: all below its root but the ignored, installed and generated ones."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from codemods.settings import Settings
from codemods.source import Place

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# `vendor` is only skipped where it is no package: a shop has vendors, too.
_SKIPPED_FOLDERS = frozenset(
    {
        "__pycache__", "__pypackages__", "node_modules", "bower_components", "site-packages",
        "_vendor", "_vendored", "vendored", "third_party", "buck-out", "_build",
    }
)  # fmt: skip
_GENERATED_NAMES = ("_pb2.py", "_pb2_grpc.py", "_pb2.pyi")
_GENERATED = re.compile(
    rb"^\s*#.*(?:@generated\b|\bgenerated\b.{0,80}\bdo not (?:edit|modify)\b"
    rb"|\bdo not (?:edit|modify)\b.{0,80}\bgenerated\b)",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Skipped:
    """A file that could not be analysed, and why. `named` marks one that the user asked for."""

    path: Path
    reason: str
    place: Place | None = None
    named: bool = False


def project_root(start: Path) -> Path:
    """The folder of the nearest `pyproject.toml` or `.git` at or above `start`.

    Without either it is `start`'s own folder.
    """
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if (candidate / "pyproject.toml").is_file() or (candidate / ".git").exists():
            return candidate
    return folder


def python_files(root: Path, settings: Settings, start: Path | None = None) -> list[Path]:
    """The project's Python files, sorted.

    Args:
        root: the project's folder, absolute.
        start: a folder in the project to begin at; what lies above it is taken as wanted.
    """
    top = start or root
    wanted = _Patterns(root, settings.include)
    unwanted = _Patterns(root, settings.exclude)
    ignores = list(_ignores_above(top, root))
    found = [
        path
        for path in _walk(top, ignores, unwanted)
        if not settings.include or wanted.match(path, folder=False)
    ]
    return sorted(found)


def generated(data: bytes) -> bool:
    """True if the head of a file says that a program wrote it and nobody should edit it."""
    head = data[:1000]
    return b"enerated" in head and _GENERATED.search(head) is not None


def matches(root: Path, path: Path, patterns: Sequence[str]) -> bool:
    """True if one of the patterns, as in a `.gitignore` at `root`, takes in the file."""
    return _Patterns(root, patterns).match(path, folder=False)


class _Patterns:
    """Patterns of one `.gitignore`, or of a setting, that hold below `base`."""

    def __init__(self, base: Path, lines: Iterable[str]) -> None:
        self._prefix = f"{base.as_posix().rstrip('/')}/"
        self._lines = tuple(
            line for line in lines if line.strip() and not line.lstrip().startswith("#")
        )

    def decide(self, path: Path, *, folder: bool) -> bool | None:
        """True to take the path in, False to leave it out (`!pattern`), None: nothing is said."""
        name = path.as_posix()
        if not self._lines or not name.startswith(self._prefix):
            return None
        relative = name[len(self._prefix) :] + ("/" if folder else "")
        return _spec(self._lines).check_file(relative).include

    def match(self, path: Path, *, folder: bool) -> bool:
        return self.decide(path, folder=folder) is True


@cache
def _spec(lines: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


def _ignores_above(top: Path, root: Path) -> Iterator[_Patterns]:
    """What the `.gitignore` files above `top` say, outermost first, up to the repository's."""
    folders = []
    for folder in (root, *root.parents):
        folders.append(folder)
        if (folder / ".git").exists():
            break
    else:
        folders = [root]
    excluded = folders[-1] / ".git" / "info" / "exclude"
    if excluded.is_file():
        yield _Patterns(folders[-1], _lines(excluded))
    inner = [folder for folder in top.parents if folder.is_relative_to(root) and folder != root]
    for folder in (*reversed(folders), *reversed(inner)):
        if folder != top:
            yield _Patterns(folder, _lines(folder / ".gitignore"))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _walk(folder: Path, ignores: list[_Patterns], unwanted: _Patterns) -> Iterator[Path]:
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError:
        return
    names = {entry.name for entry in entries}
    if "pyvenv.cfg" in names:
        return
    if ".gitignore" in names:
        ignores = [*ignores, _Patterns(folder, _lines(folder / ".gitignore"))]
    for entry in entries:
        path = Path(entry.path)
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder:
            if _skipped_folder(path) or _ignored(path, ignores, unwanted, folder=True):
                continue
            yield from _walk(path, ignores, unwanted)
        elif (
            entry.name.endswith(".py")
            and not entry.name.endswith(_GENERATED_NAMES)
            # A link's target is either found by itself or not the project's.
            and entry.is_file(follow_symlinks=False)
            and not _ignored(path, ignores, unwanted, folder=False)
        ):
            yield path


def _skipped_folder(path: Path) -> bool:
    name = path.name
    if name.startswith(".") or name in _SKIPPED_FOLDERS or name.endswith(".egg-info"):
        return True
    return name == "vendor" and not (path / "__init__.py").is_file()


def _ignored(
    path: Path, ignores: Sequence[_Patterns], unwanted: _Patterns, *, folder: bool
) -> bool:
    if unwanted.match(path, folder=folder):
        return True
    for patterns in reversed(ignores):
        decision = patterns.decide(path, folder=folder)
        if decision is not None:
            return decision
    return False


def module_names(root: Path, paths: Iterable[Path]) -> dict[Path, tuple[str, bool]]:
    """The dotted module name of every file, and whether it is a package's `__init__`.

    A package hangs below the first folder above it that has no `__init__.py`. A file outside of
    packages is named from the nearest folder that Python is likely to be started in: the root,
    its `src`, a folder with packages or with a project file of its own. No name is given twice.
    """
    ordered = sorted(paths)
    packages = {path.parent for path in ordered if path.name == "__init__.py"}
    starts = {root, root / "src"}
    starts.update(p.parent for p in packages if p.parent not in packages)
    names: dict[Path, tuple[str, bool]] = {}
    bases: dict[Path, Path] = {}
    taken: set[str] = set()
    for path in ordered:
        base = bases.get(path.parent)
        if base is None:
            base = bases[path.parent] = _import_root(path.parent, root, packages, starts)
        name = _dotted(path, base)
        if name in taken:
            name = _dotted(path, root)
        while name in taken:
            name += "_"
        taken.add(name)
        names[path] = name, path.name == "__init__.py"
    return names


_PROJECT_FILES = ("pyproject.toml", "setup.py", "requirements.txt", "manage.py", "alembic.ini")


def _import_root(folder: Path, root: Path, packages: set[Path], starts: set[Path]) -> Path:
    while folder in packages:
        folder = folder.parent
    for candidate in (folder, *folder.parents):
        if candidate == root or not candidate.is_relative_to(root) or candidate in starts:
            return candidate
        if any((candidate / name).is_file() for name in _PROJECT_FILES):
            return candidate
    return root


def _dotted(path: Path, base: Path) -> str:
    relative = path.relative_to(base) if path.is_relative_to(base) else Path(path.name)
    parts = [*relative.parts[:-1], relative.stem]
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    return ".".join(parts)
