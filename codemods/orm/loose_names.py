"""Names that a file reads outside of its functions."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from codemods.facts.nodes import children, walk
from codemods.facts.parse import ParseError
from codemods.facts.symbols import dotted_name

if TYPE_CHECKING:
    from codemods.orm.file_tree import FileTree


def loose_names(trees: FileTree, analysed: bool) -> Mapping[str, set[str]]:
    """The dotted names that a file reads outside of functions, by their last part; those of a
    file that was not analysed wherever they stand."""
    found: dict[str, set[str]] = defaultdict(set)
    try:
        tree = trees.whole
    except ParseError:
        return _Everything()
    for node in _outside_functions(tree) if analysed else walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and (dotted := dotted_name(node)):
            found[dotted.rpartition(".")[2]].add(dotted)
    return found


class _Everything(dict[str, set[str]]):
    """The names of a file that does not parse: any name may be there."""

    def get(self, key: str, default: object = None) -> set[str]:
        return {key}


def _outside_functions(tree: ast.Module) -> Iterator[ast.expr]:
    """The names that are read outside of functions, their decorators included."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting.extend(node.decorator_list)
            continue
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node
        waiting.extend(children(node))
