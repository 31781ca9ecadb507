"""Whether the keys that a loop looks up by may come again, as far as the code tells."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.bindings import assigned_values
from codemods.orm.events import Loop
from codemods.orm.keys import loaded_names
from codemods.orm.values import Cell, Value

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

# What things are told apart by: a list of them has each once.
_IDENTITY = re.compile(
    r"^(id|ids|uuid|guid|pk|key|slug|email|e?mail|user_?name|login|number|name|title|path|url|uri|"
    r"value|identifier|hash|digest|token|sha\d*|no|index|idx|i|j|n)$"
)


def may_come_again(keys: Mapping[ast.expr, Value], loops: Sequence[Loop]) -> bool:
    """True if the code gives a reason to expect a key a second time while the loops run.

    An inner loop goes over what several items have in common, or a key is what rows share: a
    foreign key, a date, a kind. What a loop goes over itself, and what tells its items apart, comes
    once.

    Args:
        keys: with what they are.
    """
    innermost = loops[-1]
    read = set().union(*map(loaded_names, keys))
    if not read & (innermost.names | innermost.assigned):
        return True
    known = {ast.unparse(key): value for key, value in keys.items()}
    leaves = [leaf for key in keys for leaf in _leaves(key, innermost)]
    columns = (known.get(ast.unparse(leaf)) for leaf in leaves)
    own = any(isinstance(value, Cell) and _is_unique(value) for value in columns)
    if len(loops) > 1:
        return not own
    return not own and not any(
        _tells_apart(leaf, known.get(ast.unparse(leaf)), innermost) for leaf in leaves
    )


def _leaves(key: ast.expr, loop: Loop, depth: int = 2) -> Iterator[ast.expr]:
    """The variables, attributes and items that a key is made of, where the loop assigns them."""
    match key:
        case ast.Name(id=name) if name in loop.names | loop.assigned:
            values = assigned_values(loop.owner, name) if name not in loop.names else []
            if depth and len(values) == 1 and values[0] is not None:
                yield from _leaves(values[0], loop, depth - 1)
            else:
                yield key
            return
        case ast.Attribute() | ast.Subscript() if _root(key) in loop.names | loop.assigned:
            yield key
            return
        case ast.Call(func=ast.Attribute(attr="get", value=owner), args=[ast.Constant(), *_]) if (
            _root(owner) in loop.names | loop.assigned
        ):
            yield key
            return
    for child in ast.iter_child_nodes(key):
        if isinstance(child, ast.expr):
            yield from _leaves(child, loop, depth)


def _root(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _tells_apart(leaf: ast.expr, value: Value | None, loop: Loop) -> bool:
    """True for what each item of a loop has of its own."""
    target = getattr(loop.node, "target", None)
    if isinstance(leaf, ast.Name) and isinstance(target, ast.Name):
        return True
    if isinstance(value, Cell):
        return _is_unique(value)
    match leaf:
        case ast.Name(id=name):
            alone = name in loop.assigned or _is_first(loop, name)
            return alone or bool(_IDENTITY.match(name))
        case ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str() as name)):
            return bool(_IDENTITY.match(name))
        case ast.Call(args=[ast.Constant(value=str() as name), *_]):
            return bool(_IDENTITY.match(name))
    return True


def _is_first(loop: Loop, name: str) -> bool:
    """True for the key of a dict, and for the number that `enumerate()` gives."""
    match loop.iterable, getattr(loop.node, "target", None):
        case ast.Call(func=ast.Attribute(attr="items") | ast.Name(id="enumerate")), ast.Tuple(
            elts=[ast.Name(id=first), *_]
        ):
            return first == name
    return False


def _is_unique(cell: Cell) -> bool:
    return cell.column.primary_key or cell.model.is_unique(frozenset({cell.column.name}))


def waits_for_another(scope: Scope, node: ast.expr, loop: Loop) -> bool:
    """True for a `while` that goes on until the lookup gives something else."""
    if not isinstance(loop.node, ast.While):
        return False
    if node in set(walk(loop.node.test)):
        return True
    match scope.parents.get(node):
        case ast.Assign(targets=[ast.Name(id=name)]):
            ended = {n for item in _ends(loop.node) for n in loaded_names(item)}
            return name in loaded_names(loop.node.test) | ended
    return False


def _ends(loop: ast.While) -> Iterator[ast.expr]:
    """The conditions under which a loop is left in its midst."""
    for node in walk(loop):
        if isinstance(node, ast.If) and any(isinstance(s, ast.Break) for s in node.body):
            yield node.test
