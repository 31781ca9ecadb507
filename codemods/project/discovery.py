"""Which files a project has: all below its root but the ignored, installed and generated ones."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from codemods.project.patterns import Patterns
from codemods.settings import Settings
from codemods.source import Place

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

    Without either it is that of the nearest `setup.py` or `setup.cfg`, and without these the one
    that the outermost package around `start` is in.
    """
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    above = (folder, *folder.parents)
    for candidate in above:
        if (candidate / "pyproject.toml").is_file() or (candidate / ".git").exists():
            return candidate
    for candidate in above:
        if any((candidate / name).is_file() for name in ("setup.py", "setup.cfg")):
            return candidate
    return next(each for each in above if not (each / "__init__.py").is_file())


class Disk:
    """The project's files as they were when they were first looked at; each is read once."""

    def __init__(self) -> None:
        self._bytes: dict[Path, bytes] = {}
        self._files: dict[tuple[Path, tuple[str, ...], tuple[str, ...]], list[Path]] = {}

    def files(self, root: Path, settings: Settings) -> list[Path]:
        """The project's Python files, as `python_files` finds them."""
        key = (root, settings.include, settings.exclude)
        if key not in self._files:
            self._files[key] = python_files(root, settings)
        return self._files[key]

    def read(self, path: Path) -> bytes:
        """The content of a file.

        Raises:
            OSError: where it cannot be read.
        """
        found = self._bytes.get(path)
        if found is None:
            with open(path, "rb", buffering=0) as file:
                found = self._bytes[path] = file.readall()
        return found


def python_files(root: Path, settings: Settings, start: Path | None = None) -> list[Path]:
    """The project's Python files, sorted.

    Args:
        root: the project's folder, absolute.
        start: a folder in the project to begin at; what lies above it is taken as wanted.
    """
    top = start or root
    wanted = Patterns(root.as_posix(), settings.include)
    unwanted = Patterns(root.as_posix(), settings.exclude)
    ignores = list(_ignores_above(top, root))
    found = [
        name
        for name in _walk(top.as_posix(), ignores, unwanted)
        if not settings.include or wanted.match(name, folder=False)
    ]
    return [Path(name) for name in sorted(found, key=lambda name: name.split("/"))]


def generated(data: bytes) -> bool:
    """True if the head of a file says that a program wrote it and nobody should edit it."""
    head = data[:1000]
    return b"enerated" in head and _GENERATED.search(head) is not None


def matches(root: Path, path: Path, patterns: Sequence[str]) -> bool:
    """True if one of the patterns, as in a `.gitignore` at `root`, takes in the file."""
    return Patterns(root.as_posix(), patterns).match(path.as_posix(), folder=False)


def _ignores_above(top: Path, root: Path) -> Iterator[Patterns]:
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
        yield Patterns(folders[-1].as_posix(), _lines(excluded))
    inner = [folder for folder in top.parents if folder.is_relative_to(root) and folder != root]
    for folder in (*reversed(folders), *reversed(inner)):
        if folder != top:
            yield Patterns(folder.as_posix(), _lines(folder / ".gitignore"))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _walk(folder: str, ignores: list[Patterns], unwanted: Patterns) -> Iterator[str]:
    """The files' names with slashes; a `Path` for every entry would take most of the time."""
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError:
        return
    names = {entry.name for entry in entries}
    if "pyvenv.cfg" in names:
        return
    if ".gitignore" in names:
        ignores = [*ignores, Patterns(folder, _lines(Path(folder, ".gitignore")))]
    for entry in entries:
        name = f"{folder.rstrip('/')}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if not (_skipped_folder(name) or _ignored(name, ignores, unwanted, folder=True)):
                yield from _walk(name, ignores, unwanted)
        elif (
            name.endswith(".py")
            and not name.endswith(_GENERATED_NAMES)
            # A link's target is either found by itself or not the project's.
            and entry.is_file(follow_symlinks=False)
            and not _ignored(name, ignores, unwanted, folder=False)
        ):
            yield name


def _skipped_folder(path: str) -> bool:
    name = path.rpartition("/")[2]
    if name.startswith(".") or name in _SKIPPED_FOLDERS or name.endswith(".egg-info"):
        return True
    return name == "vendor" and not os.path.isfile(f"{path}/__init__.py")


def _ignored(name: str, ignores: Sequence[Patterns], unwanted: Patterns, *, folder: bool) -> bool:
    if unwanted.match(name, folder=folder):
        return True
    for patterns in reversed(ignores):
        decision = patterns.decide(name, folder=folder)
        if decision is not None:
            return decision
    return False
