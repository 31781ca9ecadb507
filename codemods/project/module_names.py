"""The dotted names of a project's files, as Python would import them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

from codemods.facts.symbols import renamed
from codemods.facts.values import ModuleFacts
from codemods.finding import Finding, Fix
from codemods.patch import Import, Patch

_IMPORTED = re.compile(rb"^[ \t]*(?:from|import)[ \t]+([.\w]+)", re.MULTILINE)
_PROJECT_FILES = ("pyproject.toml", "setup.py", "requirements.txt", "manage.py", "alembic.ini")
# Files that are looked into, and those of them that have to agree, for what a folder is imported as.
_LOOKED_AT = 400
_ENOUGH = 20


class ModuleNames:
    """What each file is called.

    A package hangs below the first folder above it that has no `__init__.py`. A file outside of
    packages is named from the nearest folder that Python is likely to be started in: the root,
    its `src`, a folder with packages or with a project file of its own, and one of scripts that
    import each other by their plain names. Where several such folders
    have modules of one name, as the services of one repository have, each is named from the root,
    and found only from its own folder; the root and its `src` come first. A folder with packages
    that has no `__init__.py` itself is a package where its files import one another by its name;
    the root, a `src` and the folder of a service are none, whatever is in them, where their files do
    without the name.

    Args:
        root: the project's folder, absolute.
        paths: its Python files.
        contents: gives what is in a file, for what it imports.

    Attributes:
        of: the dotted name of every file, and whether it is a package's `__init__`; no name is
            given twice.
    """

    def __init__(
        self, root: Path, paths: Iterable[Path], contents: Callable[[Path], bytes] = Path.read_bytes
    ) -> None:
        self._root = root
        ordered = sorted(paths, key=attrgetter("parts"))
        packages = _packages(root, ordered, contents)
        starts = {root, root / "src"}
        starts.update(p.parent for p in packages if p.parent not in packages)
        for folder in sorted(starts - {root, root / "src"}):
            if not _has_project_file(folder):
                above = _import_root(folder.parent, root, packages, starts)
                longer, shorter = _imports(above, folder, ordered, contents)
                if longer > shorter:
                    starts.discard(folder)
        starts |= set(_of_scripts(root, packages, starts, ordered, contents))
        folders = {path.parts[:-1]: path.parent for path in ordered}
        self._starts = {
            parts: _import_root(folder, root, packages, starts) for parts, folder in folders.items()
        }
        inside = {parts: _dotted(folders[parts], start) for parts, start in self._starts.items()}
        claims: dict[str, dict[Path, None]] = {}
        for path in ordered:
            parts = path.parts[:-1]
            top = _named(inside[parts], path.stem).partition(".")[0]
            claims.setdefault(top, {})[self._starts[parts]] = None
        self._tops = self._told_apart(claims)
        self.of: dict[Path, tuple[str, bool]] = {}
        taken: set[str] = set()
        for path in ordered:
            name = self.full(path, _named(inside[path.parts[:-1]], path.stem))
            while name in taken:
                name += "_"
            taken.add(name)
            self.of[path] = name, path.name == "__init__.py"

    def _told_apart(self, claims: Mapping[str, Iterable[Path]]) -> dict[Path, dict[str, str]]:
        """By folder, the first names that mean something else in others, with what is unique."""
        found: dict[Path, dict[str, str]] = {}
        for top, starts in claims.items():
            first = [start for start in (self._root, self._root / "src") if start in starts]
            for start in starts:
                if len(list(starts)) > 1 and start not in first[:1]:
                    found.setdefault(start, {})[top] = f"{_dotted(start, self._root)}.{top}"
        return found

    def _tops_of(self, path: Path) -> Mapping[str, str]:
        return self._tops.get(self._starts.get(path.parts[:-1], self._root), {})

    def full(self, path: Path, name: str) -> str:
        """The one name of a module that a file calls `name`."""
        return renamed(name, self._tops_of(path))

    def written(self, path: Path, module: str) -> str:
        """What a file has to call the module of this name."""
        return renamed(module, {unique: top for top, unique in self._tops_of(path).items()})

    def as_written(self, finding: Finding) -> Finding:
        """The finding with fixes that import what they need under the name that their file uses."""
        if not self._tops:
            return finding
        return replace(
            finding,
            fix=None if finding.fix is None else self._written(finding.fix),
            alternatives=tuple(map(self._written, finding.alternatives)),
        )

    def _written(self, fix: Fix) -> Fix:
        def patches() -> tuple[Patch, ...]:
            return tuple(
                (
                    replace(patch, module=self.written(patch.place.path, patch.module))
                    if isinstance(patch, Import)
                    else patch
                )
                for patch in fix.patches()
            )

        return replace(fix, patches=patches)

    def told(self, facts: ModuleFacts) -> ModuleFacts:
        """The facts of a file with the one name of each module that it imports."""
        tops = self._tops_of(facts.path)
        if not tops:
            return facts
        return replace(
            facts,
            imports={name: renamed(target, tops) for name, target in facts.imports.items()},
            origins={name: renamed(origin, tops) for name, origin in facts.origins.items()},
            star_imports=tuple(renamed(origin, tops) for origin in facts.star_imports),
            local_imports=tuple(
                (name, renamed(target, tops), renamed(origin, tops))
                for name, target, origin in facts.local_imports
            ),
            tops=tops,
        )


def _packages(root: Path, ordered: list[Path], contents: Callable[[Path], bytes]) -> set[Path]:
    """The folders with an `__init__.py` that are packages: an outermost one that looks like a place
    to start in is one only if its files do not import one another without its name."""
    packages = {path.parent for path in ordered if path.name == "__init__.py"}
    for folder in sorted(packages):
        inner = folder.parent in packages and folder != root
        nameable, own = folder.name.isidentifier(), _has_project_file(folder)
        if inner or (nameable and not own and folder != root and folder.name != "src"):
            continue
        longer, shorter = _imports(folder.parent, folder, ordered, contents)
        if shorter > longer or (own and not nameable and folder != root):
            packages.remove(folder)
    return packages


def _of_scripts(
    root: Path,
    packages: set[Path],
    starts: set[Path],
    ordered: Iterable[Path],
    contents: Callable[[Path], bytes],
) -> Iterator[Path]:
    """The folders whose files find their neighbours because Python is started with one of them."""
    files: dict[Path, list[Path]] = {}
    for path in ordered:
        files.setdefault(path.parent, []).append(path)
    tops: dict[Path, set[str]] = {}
    for path in ordered:
        if path.parent in starts:
            tops.setdefault(path.parent, set()).add(path.stem)
    for folder in packages:
        tops.setdefault(folder.parent, set()).add(folder.name)
    for folder, inside in files.items():
        if folder in packages or folder in starts or len(inside) < 2 or _has_project_file(folder):
            continue
        start = _import_root(folder, root, packages, starts)
        elsewhere = set(sys.stdlib_module_names)
        elsewhere.update(*(tops.get(place, ()) for place in (start, root, root / "src")))
        names = {path.stem for path in inside} - elsewhere
        longer, shorter = _neighbours(inside, names, _dotted(folder, start), contents)
        if shorter > longer:
            yield folder


def _neighbours(
    inside: list[Path], names: set[str], prefix: str, contents: Callable[[Path], bytes]
) -> tuple[int, int]:
    """How many files of a folder import others of it by a longer name, and how many by these."""
    longer = shorter = 0
    for path in inside[:_LOOKED_AT] if names else ():
        try:
            found = {whole.decode() for whole in _IMPORTED.findall(contents(path))}
        except (OSError, UnicodeDecodeError):
            continue
        longer += any(whole.startswith((".", f"{prefix}.")) for whole in found)
        shorter += any(whole.partition(".")[0] in names - {path.stem} for whole in found)
        if max(longer, shorter) >= _ENOUGH:
            break
    return longer, shorter


def _import_root(folder: Path, root: Path, packages: set[Path], starts: set[Path]) -> Path:
    while folder in packages:
        folder = folder.parent
    for candidate in (folder, *folder.parents):
        if candidate == root or not candidate.is_relative_to(root) or candidate in starts:
            return candidate
        if _has_project_file(candidate):
            return candidate
    return root


def _has_project_file(folder: Path) -> bool:
    return any((folder / name).is_file() for name in _PROJECT_FILES)


def _imports(
    above: Path, folder: Path, ordered: list[Path], contents: Callable[[Path], bytes]
) -> tuple[int, int]:
    """How many files of a folder name their neighbours from the folder `above` it, and how many
    from the folder itself."""
    inside = [path for path in ordered if path.is_relative_to(folder)]
    names = {path.relative_to(folder).parts[0].removesuffix(".py") for path in inside}
    prefix = _dotted(folder, above)
    if not prefix or not names:
        return 0, 0
    children = "|".join(map(re.escape, sorted(names)))
    imports = re.compile(
        rf"^[ \t]*(?:from|import)[ \t]+({re.escape(prefix)}\.)?(?:{children})\b".encode(),
        re.MULTILINE,
    )
    longer = shorter = 0
    for path in inside[:_LOOKED_AT]:
        try:
            found = set(imports.findall(contents(path)))
        except OSError:
            continue
        longer += any(found)
        shorter += b"" in found
        if max(longer, shorter) >= _ENOUGH:
            break
    return longer, shorter


def _dotted(folder: Path, base: Path) -> str:
    return ".".join(folder.relative_to(base).parts) if folder.is_relative_to(base) else ""


def _named(package: str, stem: str) -> str:
    if stem == "__init__":
        return package or stem
    return f"{package}.{stem}" if package else stem
