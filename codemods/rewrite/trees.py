"""Texts to syntax trees, and what stands in these."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from codemods.rewrite.error import RewriteError
from codemods.source import SourceFile

Parse: TypeAlias = Callable[[SourceFile], ast.Module]


def statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Every statement of a body, also those inside of others."""
    pending: list[ast.AST] = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.stmt):
            yield node
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            children = getattr(node, name, None)
            if isinstance(children, list):
                pending += children


def whole_strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """The strings of a tree but for the parts of f-strings."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            yield node
        elif not isinstance(node, ast.JoinedStr):
            pending += ast.iter_child_nodes(node)


def parsed(text: str, source: SourceFile, parse: Parse | None) -> ast.Module:
    """The tree of `text`, which is or replaces the text of `source`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        message = f"does not parse: {error}"
        if parse is None:
            raise RewriteError(message) from error
    try:
        return parse(SourceFile(source.path, source.encode(text)))
    except Exception as failure:
        raise RewriteError(message) from failure
