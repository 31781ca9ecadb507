"""Where a file says that templates lie: Flask's folders, loaders of jinja2 and Starlette.

They stand anywhere in a file, most of all in the function that makes an application, so that the
tree of a file is looked through for them, and only if its bytes mention one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Literal

from codemods.facts.nodes import walk
from codemods.facts.parse import ParseError, parse
from codemods.facts.symbols import dotted_name
from codemods.facts.templates import STANDARD, SYNTAX_OPTIONS, Syntax
from codemods.source import Place, SourceFile

LoaderKind = Literal["flask", "blueprint", "starlette", "jinja2"]
_MAKERS: Mapping[str, LoaderKind] = {
    "Flask": "flask", "Quart": "flask", "APIFlask": "flask", "OpenAPI": "flask",
    "Blueprint": "blueprint", "APIBlueprint": "blueprint", "Jinja2Templates": "starlette",
    "Environment": "jinja2", "SandboxedEnvironment": "jinja2", "NativeEnvironment": "jinja2",
}  # fmt: skip
_MENTIONS = (b"Flask(", b"Quart(", b"Blueprint(", b"Jinja2Templates", b"Environment(")
Folders = tuple[Path, ...]
Texts = dict[str, tuple[str, Place]]
Parts = tuple[list[Folders], Texts, bool]


@dataclass(frozen=True)
class LoaderFacts:
    """One object that loads templates.

    Args:
        name: the dotted name that it is assigned to, with the module's in front; empty for none.
        folders: those that it looks through, in order; each a tuple of the places that a relative
            one may mean.
        texts: templates that are written in the code.
        syntax: None where the delimiters are worked out.
        complete: False if it looks elsewhere, too.
    """

    kind: LoaderKind
    name: str
    folders: tuple[Folders, ...] = ()
    texts: Mapping[str, tuple[str, Place]] = field(default_factory=dict)
    syntax: Syntax | None = STANDARD
    complete: bool = True


def mentions_loader(data: bytes) -> bool:
    """True if a file may make something that loads templates."""
    return any(word in data for word in _MENTIONS)


def read_loaders(source: SourceFile, module: str, root: Path) -> tuple[LoaderFacts, ...]:
    """What a file makes that loads templates; nothing for one that does not parse.

    Args:
        module: the file's dotted name.
        root: the project's folder, from which the code probably runs.
    """
    if not mentions_loader(source.data):
        return ()
    try:
        tree = parse(source)
    except ParseError:
        return ()
    reader = _Reader(source, module, root, tree)
    return tuple(reader.found())


class _Reader:
    def __init__(self, source: SourceFile, module: str, root: Path, tree: ast.Module) -> None:
        self.source = source
        self.module = module
        self.root = root
        self.tree = tree
        # A name that is assigned more than once may be anything.
        assigned: dict[str, list[ast.expr]] = {}
        for node in walk(tree):
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if isinstance(target, ast.Name):
                        assigned.setdefault(target.id, []).append(node.value)
        self.values = {name: found[0] for name, found in assigned.items() if len(found) == 1}

    def found(self) -> Iterator[LoaderFacts]:
        names: dict[ast.expr, str] = {}
        for node in walk(self.tree):
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                names[node.value] = dotted_name(target) or ""
        for node in walk(self.tree):
            if isinstance(node, ast.Call) and (kind := _MAKERS.get(_last(node.func))):
                name = names.get(node, "")
                yield self.loader(node, kind, f"{self.module}.{name}" if name else "")

    def loader(self, node: ast.Call, kind: LoaderKind, name: str) -> LoaderFacts:
        match kind:
            case "flask" | "blueprint":
                return LoaderFacts(kind, name, self.flask(node, kind))
            case "starlette":
                given = argument(node, 0, "directory")
                environment = keyword(node, "env") or keyword(node, "loader")
                folders = self.directories(given)
                return LoaderFacts(kind, name, folders, complete=bool(folders) and not environment)
        written = keyword(node, "loader")
        parts = self.parts(written) if written is not None else ([], {}, False)
        return LoaderFacts(kind, name, tuple(parts[0]), parts[1], syntax_of(node), parts[2])

    def flask(self, node: ast.Call, kind: LoaderKind) -> tuple[Folders, ...]:
        given = keyword(node, "template_folder")
        base = self.base(argument(node, 1 if kind == "blueprint" else 0, "import_name"))
        if given is None:
            return () if kind == "blueprint" else ((base / "templates",),)
        path = _joined([base, self.path(given)])
        return () if path is None else ((Path(path),),)

    def base(self, given: ast.expr | None) -> Path:
        """The folder of the module that `import_name` names."""
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            return self.package(given.value)
        return self.source.path.parent

    def package(self, name: str) -> Path:
        """The folder of a package by its dotted name, found from the name of this module."""
        parts = self.module.split(".")
        top = self.source.path.parent
        for _ in parts[1:] if self.source.path.name != "__init__.py" else parts:
            top = top.parent
        return top.joinpath(*name.split("."))

    def parts(self, node: ast.expr) -> Parts:
        """The folders and texts of a loader, and whether these are all."""
        made = self.value(node)
        if not isinstance(made, ast.Call):
            return [], {}, False
        match _last(made.func):
            case "FileSystemLoader":
                folders = list(self.directories(argument(made, 0, "searchpath")))
                return folders, {}, bool(folders)
            case "PackageLoader":
                package = self.base(argument(made, 0, "package_name"))
                given = argument(made, 1, "package_path")
                inside = PurePath("templates") if given is None else self.path(given)
                return ([(package / inside,)], {}, True) if inside else ([], {}, False)
            case "DictLoader":
                return [], self.texts(argument(made, 0, "mapping")), True
            case "ChoiceLoader":
                return self.choice(argument(made, 0, "loaders"))
        return [], {}, False

    def choice(self, node: ast.expr | None) -> Parts:
        folders: list[Folders] = []
        texts: Texts = {}
        if not isinstance(node, ast.List | ast.Tuple):
            return folders, texts, False
        whole = True
        for item in node.elts:
            more, written, complete = self.parts(item)
            folders += more
            texts = {**written, **texts}
            whole = whole and complete
        return folders, texts, whole

    def texts(self, node: ast.expr | None) -> Texts:
        node = self.value(node)
        found: Texts = {}
        for key, item in (
            zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ()
        ):
            value = self.value(item)
            match key, value:
                case ast.Constant(value=str() as name), ast.Constant(value=str() as text):
                    found[name] = text, self.source.place(value)
        return found

    def value(self, node: ast.expr | None) -> ast.expr | None:
        """What a name of the file is, anything else itself."""
        return self.values.get(node.id) if isinstance(node, ast.Name) else node

    # -- folders

    def directories(self, node: ast.expr | None) -> tuple[Folders, ...]:
        """A folder or a list of folders; nothing if one of them is not known."""
        items = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
        paths = [self.path(item) for item in items]
        known = [path for path in paths if path is not None]
        return tuple(self.alternatives(path) for path in known) if len(known) == len(paths) else ()

    def alternatives(self, path: PurePath) -> Folders:
        """A relative folder is below the one that the code runs in, which may be any above."""
        if path.is_absolute():
            return (Path(path),)
        above = [f for f in self.source.path.parents if f.is_relative_to(self.root)]
        return tuple(folder / path for folder in reversed(above))

    def path(self, node: ast.expr | None, depth: int = 0) -> PurePath | None:
        """The path that an expression makes: of constants, `__file__` and names for these."""
        if node is None or depth > 8:
            return None
        match node:
            case ast.Constant(value=str() as text):
                return PurePath(text)
            case ast.Name(id="__file__"):
                return self.source.path
            case ast.Name(id=name) if name in self.values:
                return self.path(self.values[name], depth + 1)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return _joined([self.path(left, depth + 1), self.path(right, depth + 1)])
            case ast.Attribute(value=value, attr="parent"):
                above = self.path(value, depth + 1)
                return above and above.parent
            case ast.Subscript(
                value=ast.Attribute(value=value, attr="parents"),
                slice=ast.Constant(value=int() as number),
            ):
                below = self.path(value, depth + 1)
                return below.parents[number] if below and number < len(below.parents) else None
            case ast.Call(func=func, args=args) if not node.keywords:
                return self.called(func, args, depth)
        return None

    def called(self, func: ast.expr, args: list[ast.expr], depth: int) -> PurePath | None:
        match _last(func), args:
            case ("Path" | "PurePath" | "str" | "abspath" | "realpath" | "normpath", [inner]):
                return self.path(inner, depth + 1)
            case "dirname", [inner]:
                path = self.path(inner, depth + 1)
                return path and path.parent
            case ("join" | "Path"), [*parts]:
                return _joined([self.path(part, depth + 1) for part in parts])
            case "joinpath", [*parts] if isinstance(func, ast.Attribute):
                return _joined([self.path(part, depth + 1) for part in (func.value, *parts)])
            case ("resolve" | "absolute" | "as_posix"), [] if isinstance(func, ast.Attribute):
                return self.path(func.value, depth + 1)
        return None


def _joined(parts: list[PurePath | None]) -> PurePath | None:
    known = [part for part in parts if part is not None]
    if len(known) != len(parts) or not known:
        return None
    made = known[0].joinpath(*known[1:])
    folded: list[str] = []
    for part in made.parts:
        if part == ".." and folded and folded[-1] not in ("..", made.anchor):
            folded.pop()
        else:
            folded.append(part)
    return PurePath(*folded)


def syntax_of(node: ast.Call) -> Syntax | None:
    """The delimiters of `Environment(…)`, None where one of them is worked out."""
    options: dict[str, Any] = {}
    for item in node.keywords:
        if item.arg is None:
            return None
        if item.arg in SYNTAX_OPTIONS:
            if not isinstance(item.value, ast.Constant):
                return None
            options[item.arg] = item.value.value
    return Syntax(**options)


def argument(node: ast.Call, position: int, name: str) -> ast.expr | None:
    """The argument that is given by position or by keyword."""
    if position < len(node.args):
        return node.args[position]
    return keyword(node, name)


def keyword(node: ast.Call, name: str) -> ast.expr | None:
    return next((item.value for item in node.keywords if item.arg == name), None)


def _last(node: ast.expr) -> str:
    """The last part of what is called."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
