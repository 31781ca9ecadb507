"""Parts of statements: blocks, targets, literal names."""

from __future__ import annotations

import ast
from typing import Any

from codemods.facts.prefilter import absolute
from codemods.facts.symbols import Items, Symbol, text_of


def split(node: ast.stmt, alternative: bool) -> tuple[list[tuple[ast.stmt, bool]], list[Any]]:
    """The statements inside a compound statement in order, each with whether an earlier branch
    may have bound its names, and the expressions that are not in a block."""
    blocks: list[tuple[ast.stmt, bool]] = []
    headers: list[Any] = []
    for name in node._fields:
        value = getattr(node, name)
        later = alternative or (name in ("orelse", "handlers") and not isinstance(node, ast.For))
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.stmt):
                blocks.append((child, later))
            elif isinstance(child, ast.ExceptHandler | ast.match_case):
                blocks.extend((inner, True) for inner in child.body)
                headers.append(child.type if isinstance(child, ast.ExceptHandler) else child.guard)
            elif isinstance(child, ast.AST):
                headers.append(child)
    return blocks, headers


def targets(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.For | ast.AsyncFor):
        return [node.target]
    if isinstance(node, ast.With | ast.AsyncWith):
        return [item.optional_vars for item in node.items if item.optional_vars is not None]
    return []


def aliases(tree: ast.Module) -> dict[str, str]:
    """The names that imports at the top of a file give to other names."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            found.update({alias.asname: alias.name for alias in node.names if alias.asname})
    return found


def named(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def strings(value: Symbol) -> list[str] | None:
    """The names of a literal `__all__`; None where any of it is computed."""
    if not isinstance(value, Items):
        return None
    names = [text_of(element) for element in value.elements]
    found = [name for name in names if name is not None]
    return found if len(found) == len(names) else None


def imported(
    node: ast.Import | ast.ImportFrom, module: str, is_package: bool
) -> list[tuple[str, str, str]]:
    """What an import binds: the local name, the full name, and the module that is named."""
    if isinstance(node, ast.Import):
        return [
            (
                (alias.asname, alias.name, alias.name)
                if alias.asname
                else (alias.name.partition(".")[0], alias.name.partition(".")[0], alias.name)
            )
            for alias in node.names
        ]
    written = "." * node.level + (node.module or "")
    origin = absolute(written, module, is_package)
    return [
        (alias.asname or alias.name, f"{origin}.{alias.name}" if origin else alias.name, origin)
        for alias in node.names
    ]
