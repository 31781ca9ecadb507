"""What a loop's slice needs, and what its statements tell of it."""

from __future__ import annotations

import ast
from collections.abc import Callable

from codemods.facts.nodes import walk
from codemods.orm.bindings import made_of
from codemods.orm.key_loops import Level, range_of
from codemods.orm.keys import KeyPart, loaded_names
from codemods.patch import Code, Copied

_OPPOSITES: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Is: "is not", ast.IsNot: "is", ast.In: "not in",
    ast.NotIn: "in",
}  # fmt: skip


def needed(levels: list[Level], parts: tuple[KeyPart, ...], owner: ast.AST) -> list[Level]:
    """The levels without inner loops that only repeat the keys; those have an item for certain."""
    wanted = set().union(*(loaded_names(part.operand) for part in parts))
    kept = levels[:1]
    for number, level in enumerate(levels[1:], 1):
        deeper = levels[number + 1 :]
        used = wanted.union(*(loaded_names(other.loop.iterable) for other in deeper))
        used = used.union(*(loaded_names(g.test) for other in deeper for g in other.guards))
        numbers = range_of(level.loop.iterable)
        if not numbers or level.guards or level.loop.names & made_of(used, owner):
            kept.append(level)
    return kept


def present(test: ast.expr, holds: bool) -> str | None:
    """The dump of an expression that is not None where the condition lets an item through."""
    match test:
        case ast.Compare(left=left, ops=[op], comparators=[ast.Constant(value=None)]):
            wanted = ast.IsNot | ast.NotEq if holds else ast.Is | ast.Eq
            return ast.dump(left) if isinstance(op, wanted) else None
    return ast.dump(test) if holds else None


def binds(statement: ast.stmt, name: str) -> bool:
    """True if a statement, or one in it, binds a variable."""
    return any(
        isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store | ast.Del)
        for n in walk(statement)
    )


def opposite(test: ast.expr, code: Callable[[ast.expr], Code | Copied]) -> Code | None:
    """`a != b` for `a == b`, `a is not None` for `a is None`."""
    match test:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _OPPOSITES:
            text = f"{{left}} {_OPPOSITES[type(op)]} {{right}}"
            return Code.of(text, left=code(left), right=code(right))
    return None


def attribute_owners(tree: ast.AST, name: str) -> set[str]:
    """The variable whose attribute is all that another one ever gets: `order` of `key = order.id`."""
    found: set[str] = set()
    for node in walk(tree):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=given)], value=ast.Attribute(value=ast.Name(id=owner))
            ) if (given == name):
                found.add(owner)
    stores = sum(
        isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store | ast.Del)
        for n in walk(tree)
    )
    return found if stores == len(found) == 1 else set()
