"""The syntax tree of a file, of which functions are parsed by themselves."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import children, walk
from codemods.facts.parse import parse

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts
    from codemods.source import SourceFile

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

_MAKING = frozenset({"__init__", "__post_init__", "__new__", "__init_subclass__"})


class FileTree:
    """A file's syntax tree, parsed when somebody asks for it.

    Args:
        nodes: functions that have been parsed already, by their qualified names.
    """

    def __init__(self, source: SourceFile, nodes: Mapping[str, FunctionNode]) -> None:
        self.source = source
        self._functions: dict[str, FunctionNode | None] = {
            name: _undecorated(node) for name, node in nodes.items()
        }

    @cached_property
    def whole(self) -> ast.Module:
        return parse(self.source)

    @cached_property
    def assigned(self) -> frozenset[str]:
        """The attributes that the file assigns, but where it makes objects and classes."""
        found: set[str] = set()
        waiting: list[ast.AST] = [self.whole]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.FunctionDef) and node.name in _MAKING:
                continue
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
                found.add(node.attr)
            waiting += children(node)
        return frozenset(found)

    @cached_property
    def typing_only(self) -> frozenset[str]:
        """The names that only type checkers import."""
        found: set[str] = set()
        for node in self.whole.body:
            if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
                for item in node.body:
                    if isinstance(item, ast.Import | ast.ImportFrom):
                        found |= {(a.asname or a.name).partition(".")[0] for a in item.names}
        return frozenset(found)

    def function(self, facts: FunctionFacts) -> FunctionNode | None:
        """The node of one function, with the positions that it has in the file.

        Its lines alone are parsed, which takes a fraction of the time; decorators are left out.
        """
        if facts.qualname not in self._functions:
            self._functions[facts.qualname] = self._parsed(facts)
        return self._functions[facts.qualname]

    def _parsed(self, facts: FunctionFacts) -> FunctionNode | None:
        source, span = self.source, facts.place.span
        location = source.location(span.start)
        before = source.line(location.row)[: location.column - 1]
        if before.strip():
            return None
        text = before + source.slice(span)
        head = "\n" * (location.row - 2) + "if 1:\n" if before else "\n" * (location.row - 1)
        try:
            body = ast.parse(head + text).body
        except SyntaxError:
            return self._found(facts)
        node = body[0].body[0] if isinstance(body[0], ast.If) else body[0]
        return node if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else None

    def _found(self, facts: FunctionFacts) -> FunctionNode | None:
        """The same in the whole tree, for syntax that is newer than the running Python's."""
        for node in walk(self.whole):
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and self.source.span(node) == facts.place.span
            ):
                return node
        return None


def _undecorated(node: FunctionNode) -> FunctionNode:
    if not node.decorator_list:
        return node
    fields = {name: getattr(node, name) for name in node._fields}
    return ast.copy_location(type(node)(**{**fields, "decorator_list": []}), node)
