"""Keys that are few for certain: one IN without chunks."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.orm.chunks import Collected, batch_size
from codemods.orm.headers import Header, is_constant
from codemods.orm.key_loops import range_of
from codemods.orm.values import Items
from codemods.patch import Code, Copied, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup

_LITERAL = ast.List | ast.Tuple | ast.Set


@dataclass(frozen=True)
class Few:
    """An upper bound of the number of keys, and whether there is one at least.

    `listed` is True where the loop goes over a literal in its own header, `exact` where the bound
    is the number of its items.
    """

    most: int | None
    some: bool
    listed: bool = False
    exact: bool = False


def few(lookup: Lookup) -> Few | None:
    """What is known of the number of keys, if they fit into one statement; else None."""
    collection, loop = lookup.collection, lookup.loop
    if collection is None or len(collection.levels) != 1 or collection.stops:
        return None
    whole = not collection.levels[0].guards
    node = loop.iterable
    if isinstance(node, _LITERAL) and is_constant(lookup.scope, node):
        size = len({ast.dump(element) for element in node.elts})
        fits = size <= batch_size(lookup.scope)
        return Few(size, whole and size > 0, True, size == len(node.elts)) if fits else None
    numbers = range_of(node)
    if numbers is not None and len(numbers) <= batch_size(lookup.scope):
        return Few(len(numbers), whole and len(numbers) > 0, exact=True)
    if isinstance(node, ast.Name | ast.Attribute) and _is_enum(lookup, node):
        return Few(None, whole)
    items = loop.items
    limit = items.limit if isinstance(items, Items) else None
    if limit is None or limit > batch_size(lookup.scope):
        return None
    return Few(limit, whole and _has_items(node))


def _has_items(node: ast.expr) -> bool:
    """True for a literal list that cannot be empty."""
    match node:
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return any(not isinstance(item, ast.Starred) for item in items)
    return False


def _is_enum(lookup: Lookup, node: ast.Name | ast.Attribute) -> bool:
    scope = lookup.scope
    resolved = scope.index.resolve(scope.module, ast.unparse(node))
    if resolved is None or not scope.index.is_enum(scope.index.canonical(resolved)):
        return False
    return isinstance(node, ast.Attribute) or is_constant(scope, node)


def statements(
    lookup: Lookup, known: Few, header: Header, collected: Collected, keys: str
) -> tuple[tuple[Code, ...], tuple[Patch, ...]]:
    """What gives the keys the name `keys`, with changes to the loop's header."""
    if collected.text != "{i0}":
        made = Code.of(f"{keys} = {{{{{collected.text}}}}}", **collected.holes)
        return (*header.statements, made), header.patches
    place = lookup.scope.place(lookup.loop.iterable)
    written = known.listed or isinstance(lookup.loop.iterable, ast.List | ast.Tuple)
    if written and not isinstance(lookup.loop.iterable, ast.Set):
        made = Code.of(f"{keys} = {{items}}", items=_literal(lookup))
        return (made,), (Replace(place, Code.of(keys)),)
    made = Code.of(f"{keys} = list({{i0}})", **collected.holes)
    return (*header.statements, made), header.patches


def _literal(lookup: Lookup) -> Code | Copied:
    node = lookup.loop.iterable
    if isinstance(node, ast.Tuple) and not lookup.scope.text(node).startswith("("):
        return Code.of(ast.unparse(node).replace("{", "{{").replace("}", "}}"))
    return Copied(lookup.scope.place(node))
