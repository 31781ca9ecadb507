"""Which names a file binds, and which imports are in reach of a place."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from codemods.rewrite.view import View
from codemods.source import Span

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class FoundImport:
    """An import of one name: `function` is the one that it stands in, None in the module."""

    node: ast.ImportFrom | ast.Import
    alias: ast.alias
    function: ast.AST | None
    type_checking: bool

    @property
    def local(self) -> str:
        return self.alias.asname or self.alias.name.partition(".")[0]


class Scopes:
    """The names of a view."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._inside: dict[ast.AST, frozenset[str]] = {}

    @cached_property
    def imports(self) -> tuple[FoundImport, ...]:
        """Every import of the file, from top to bottom."""
        return tuple(_imports(self._view.tree, None, False))

    def is_module(self, node: ast.ImportFrom, module: str) -> bool:
        """Whether a statement imports from `module`, which an import may name relatively."""
        if not node.level:
            return node.module == module
        folders = self._view.source.path.parent.parts
        folders = folders[: len(folders) - node.level + 1]
        return _ends_with((*folders, *(node.module.split(".") if node.module else ())), module)

    def is_this_file(self, module: str) -> bool:
        path = self._view.source.path
        parts = path.parent.parts if path.stem == "__init__" else path.with_suffix("").parts
        return _ends_with(parts, module)

    def is_bound(self, name: str, module: str = "") -> bool:
        """Whether anything in the file has this name, other than imports from `module`."""
        if not re.search(rf"\b{name}\b", self._view.text):
            return False
        same = {
            id(found.alias)
            for found in self.imports
            if isinstance(found.node, ast.ImportFrom)
            and found.function is not None
            and found.alias.name == name
            and self.is_module(found.node, module)
        }
        return any(
            _bound(node) == name and id(node) not in same for node in ast.walk(self._view.tree)
        )

    def is_shadowed(self, name: str, spans: Collection[Span]) -> bool:
        """Whether a function around one of `spans` has a variable of this name."""
        return any(
            name in self._bound_inside(node)
            for span in spans
            for node in self._view.path_to(span)
            if isinstance(node, _FUNCTIONS)
        )

    def _bound_inside(self, function: ast.AST) -> frozenset[str]:
        """The names that anything inside a function binds."""
        if function not in self._inside:
            inner = (_bound(node) for node in ast.walk(function) if node is not function)
            self._inside[function] = frozenset(name for name in inner if name)
        return self._inside[function]

    def in_module(self, name: str) -> bool:
        """Whether the module itself binds the name with a definition or an assignment."""
        return name in self._of_module

    @cached_property
    def _of_module(self) -> frozenset[str]:
        names = (
            _bound(inner)
            for node in self._view.tree.body
            for inner in ([node] if isinstance(node, _DEFINITIONS) else ast.walk(node))
        )
        return frozenset(name for name in names if name)

    def defines(self, name: str) -> bool:
        """Whether the module has a function or class of this name."""
        return any(
            isinstance(node, _DEFINITIONS) and node.name == name for node in self._view.tree.body
        )


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _ends_with(parts: tuple[str, ...], module: str) -> bool:
    wanted = tuple(module.split("."))
    return parts[-len(wanted) :] == wanted


def _bound(node: ast.AST) -> str | None:
    """The name that a node binds by itself."""
    if isinstance(node, ast.Name):
        return None if isinstance(node.ctx, ast.Load) else node.id
    if isinstance(node, ast.arg):
        return node.arg
    if isinstance(node, ast.alias):
        return node.asname or node.name.partition(".")[0]
    if isinstance(node, ast.MatchMapping):
        return node.rest
    if isinstance(node, (*_DEFINITIONS, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)):
        return node.name
    return None


def _imports(node: ast.AST, function: ast.AST | None, checking: bool) -> Iterator[FoundImport]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            for alias in child.names:
                yield FoundImport(child, alias, function, checking)
        elif isinstance(child, _FUNCTIONS):
            yield from _imports(child, child, checking)
        elif isinstance(child, ast.If) and is_type_checking(child):
            for part in child.body:
                yield from _imports(ast.Module([part], []), function, True)
            for part in child.orelse:
                yield from _imports(ast.Module([part], []), function, checking)
        elif isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
            # a class body's import is the class's: nothing else reads it
            yield from _imports(
                child, child if isinstance(child, ast.ClassDef) else function, checking
            )


def is_type_checking(node: ast.If) -> bool:
    test = node.test
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return name == "TYPE_CHECKING"


def is_used(tree: ast.Module, text: str, name: str) -> bool:
    """Whether anything but imports in a file uses `name`, also in `__all__`, annotations and
    type comments."""
    word = re.compile(rf"\b{name}\b")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == name:
            return True
        if isinstance(node, ast.Global | ast.Nonlocal) and name in node.names:
            return True
        text_of = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text_of, str) and word.search(text_of) and _is_code(text_of):
            return True
    return any(word.search(match[1]) for match in re.finditer(r"#\s*type:(.*)", text))


def _is_code(text: str) -> bool:
    """Whether a string may be an annotation or the name of something."""
    try:
        parts = ast.walk(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError):
        return False
    allowed = (ast.Name, ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.BinOp, ast.BitOr)
    return all(isinstance(part, (*allowed, ast.Constant, ast.expr_context)) for part in parts)
