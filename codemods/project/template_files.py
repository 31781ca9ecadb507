"""The template files of a project, and which of them a name means.

The project's folders are looked through when the first name is asked for, so that a project
without templates pays nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath

from codemods.facts.loaders import Folders
from codemods.facts.templates import (
    STANDARD,
    ParsedTemplate,
    Syntax,
    TemplateFacts,
    TemplateProblem,
    parse_template,
    read_template,
)
from codemods.project.discovery import _ignored, _ignores_above, _lines, _skipped_folder
from codemods.project.patterns import Patterns
from codemods.settings import Settings
from codemods.source import SourceFile

FOLDER = "templates"
_BINARY = frozenset({
    ".png", ".jpg", ".jpeg", ".gif", ".ico", ".webp", ".woff", ".woff2", ".ttf", ".eot", ".pdf",
    ".zip", ".gz", ".mo", ".pyc", ".py",
})  # fmt: skip


class TemplateFiles:
    """The templates below folders that hold templates.

    Args:
        root: the project's folder, absolute.
        folders: folders that are known to hold templates, besides those named `templates`.
        overlay: bytes that stand for what a file has on disk; a file may be in it alone.
        read: gives the content of a file on disk.
    """

    def __init__(
        self,
        root: Path,
        settings: Settings,
        folders: Iterable[Path] = (),
        overlay: Mapping[Path, bytes] | None = None,
        read: Callable[[Path], bytes] = Path.read_bytes,
    ) -> None:
        self.root = root
        self.settings = settings
        self.folders = frozenset(folders)
        self._overlay = {} if overlay is None else overlay
        self._read = read
        self._sources: dict[Path, SourceFile | None] = {}
        self._parsed: dict[tuple[Path, Syntax], ParsedTemplate | TemplateProblem] = {}
        self._facts: dict[tuple[Path, Syntax], TemplateFacts] = {}

    def find(self, name: str, folders: Sequence[Folders] = ()) -> Path | None:
        """The file that a template's name means, None where that is not sure.

        Args:
            name: as it is written: `admin/users.html`.
            folders: those that the loader looks through, in this order; of several in one tuple
                nobody knows which it is.
        """
        wanted = PurePosixPath(name.lstrip("/"))
        if not name or ".." in wanted.parts:
            return None
        candidates = self._by_name.get(wanted.name, ())
        ending = tuple(
            (path, folder) for path, folder in candidates if _ends_in(path, folder, wanted)
        )
        for group in folders:
            there = {path for path, _ in candidates if any(path == f / wanted for f in group)}
            if there:
                return there.pop() if len(there) == 1 else None
        paths = dict.fromkeys(path for path, _ in ending)
        exact = dict.fromkeys(path for path, folder in ending if path == folder / wanted)
        for found in (exact, paths):
            if len(found) == 1:
                return next(iter(found))
            if found:
                return None
        return None

    def source(self, path: Path) -> SourceFile | None:
        """The text of a template, None where it cannot be read."""
        if path not in self._sources:
            try:
                data = self._overlay[path] if path in self._overlay else self._read(path)
                self._sources[path] = SourceFile(path, data)
            except OSError:
                self._sources[path] = None
        return self._sources[path]

    def parsed(
        self, path: Path, syntax: Syntax = STANDARD
    ) -> ParsedTemplate | TemplateProblem | None:
        """A template's tree or what is wrong with it; each is parsed once."""
        key = path, syntax
        if key not in self._parsed:
            source = self.source(path)
            if source is None:
                return None
            self._parsed[key] = parse_template(source, syntax)
        return self._parsed[key]

    def facts(self, path: Path, syntax: Syntax = STANDARD) -> TemplateFacts | None:
        """The facts of a template, None where it cannot be read."""
        key = path, syntax
        if key not in self._facts:
            source = self.source(path)
            if source is None:
                return None
            self._facts[key] = read_template(source, syntax)
        return self._facts[key]

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """Every template of the project, sorted."""
        return tuple(sorted({path for found in self._by_name.values() for path, _ in found}))

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[Path, Path]]]:
        """The files by their last names, each with every template folder that it lies below."""
        unwanted = Patterns(self.root.as_posix(), self.settings.exclude)
        ignores = list(_ignores_above(self.root, self.root))
        found: dict[str, list[tuple[Path, Path]]] = {}
        on_disk = (Path(name) for name in _walk(self.root.as_posix(), ignores, unwanted))
        buffers = (p for p in self._overlay if not _is_hidden(p, self.root, unwanted))
        for path in dict.fromkeys((*on_disk, *buffers)):
            if path.suffix.lower() not in _BINARY:
                for folder in self._folders_above(path):
                    found.setdefault(path.name, []).append((path, folder))
        return found

    def _folders_above(self, path: Path) -> Iterator[Path]:
        for folder in path.parents:
            if folder.name == FOLDER or folder in self.folders:
                yield folder
            if folder == self.root:
                return


def _ends_in(path: Path, folder: Path, wanted: PurePosixPath) -> bool:
    inside = path.relative_to(folder).parts
    return inside[-len(wanted.parts) :] == wanted.parts


def _is_hidden(path: Path, root: Path, unwanted: Patterns) -> bool:
    """True for a buffer whose file the walk would not come to."""
    if not path.is_relative_to(root) or unwanted.match(path.as_posix(), folder=False):
        return True
    inside = path.parents[: len(path.relative_to(root).parts) - 1]
    return any(_skipped_folder(folder.as_posix()) for folder in inside)


def _walk(folder: str, ignores: list[Patterns], unwanted: Patterns) -> Iterator[str]:
    """Every file that is not ignored, by its name with slashes, sorted in each folder."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
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
        elif entry.is_file(follow_symlinks=False) and not _ignored(
            name, ignores, unwanted, folder=False
        ):
            yield name
