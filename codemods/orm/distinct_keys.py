"""Loops in which no key comes twice, so that what one round writes no other one looks up."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.values import Items

if TYPE_CHECKING:
    from codemods.orm.events import Loop
    from codemods.orm.keys import KeyPart
    from codemods.orm.lookups import Lookup


def keys_differ(lookup: Lookup, parts: Iterable[KeyPart]) -> bool:
    """True if every round of the loop asks by another key.

    Args:
        parts: those of the key that the query compares with a column as they are.
    """
    collection = lookup.collection
    if collection is None or len(collection.levels) != 1:
        return False
    name = _told_apart(collection.levels[0].loop)
    return name is not None and any(
        part.attribute is None and isinstance(part.operand, ast.Name) and part.operand.id == name
        for part in parts
    )


def _told_apart(loop: Loop) -> str | None:
    """The variable that is another one in each round: the key of a dict, or an item of a set."""
    target, items = getattr(loop.node, "target", None), loop.items
    if not isinstance(items, Items):
        return None
    match loop.iterable, target:
        case ast.Call(func=ast.Attribute(attr="items"), args=[], keywords=[]), ast.Tuple(
            elts=[ast.Name(id=name), ast.Name()]
        ) if (items.kind == "view"):
            pass
        case ast.Call(func=ast.Attribute(attr="keys"), args=[]), ast.Name(id=name) if (
            items.kind == "view"
        ):
            pass
        case _, ast.Name(id=name) if items.kind in ("dict", "set"):
            pass
        case _:
            return None
    bound = [
        node
        for node in walk(loop.owner)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
    ]
    return name if len(bound) == 1 else None
