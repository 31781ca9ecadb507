"""What a loop does to the things that its keys come from, also under another name."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.aliases import aliases, shares
from codemods.orm.key_loops import MUTATORS
from codemods.orm.keys import PURE_METHODS
from codemods.orm.moments import Position, path_of, position, touches
from codemods.orm.query import Query
from codemods.orm.values import Items, ModelClass, Plain, Result, Row, Session

if TYPE_CHECKING:
    from codemods.orm.events import Effect
    from codemods.orm.lookups import Lookup
    from codemods.orm.scope import Scope

# Functions of Python that change what they are given.
_CHANGERS = frozenset({
    "next", "shuffle", "heappush", "heappop", "heapify", "heappushpop", "heapreplace", "insort",
    "insort_left", "insort_right", "setattr", "delattr",
})  # fmt: skip
_NO_DATA = (Session, Query, Result, Row, ModelClass)


def change(lookup: Lookup) -> tuple[str, ast.expr | ast.stmt] | None:
    """What in the loop may change its later keys, and a name for it; None where nothing does."""
    assert lookup.collection is not None
    loops = [level.loop for level in lookup.collection.levels]
    bound = set().union(*(loop.names for loop in loops))
    owner = lookup.loop.owner
    fields = _fields(lookup, owner)
    known = aliases(lookup.scope)
    over = [loop.iterable for loop in loops]
    held = set().union(*map(known.roots, over))
    items = known.inside(bound, over)
    named = {name for each in over for depth, (name, at) in shares(each) if depth == at == 0}
    whole = known.reach(named - bound, False)
    parts = known.reach(bound, False)
    rows = {
        name
        for each in loops
        if isinstance(each.element, Row)
        for name in each.names - each.assigned
    }
    for base, field, node in _changes(owner):
        path, roots = path_of(base), known.roots(base)
        if isinstance(lookup.scope.flow.env.get(path), _NO_DATA) or path in rows:
            continue
        deep = not isinstance(base, ast.Name | ast.Attribute)
        direct = not deep and any(touches(path, source) for source in whole)
        if direct or (path.partition(".")[0] not in bound and not held.isdisjoint(roots)):
            return f"the loop changes {path}, which its items come from", node
        inside = any(touches(path, part) for part in parts) or not items.isdisjoint(roots)
        if fields and inside and (field is None or field in fields):
            return f"the loop may change a key through {path}", node
    return None


def guards_assigned(lookup: Lookup, assigned: Iterable[Effect]) -> tuple[str, Effect] | None:
    """An assignment of the loop by which a condition around the lookup may come to hold that did not
    before the loop, and what to say of it.

    What is assigned to the item, a row of a query, behind its condition concerns no other item.
    """
    assert lookup.collection is not None
    levels, items = lookup.collection.levels, lookup.loop.items
    reads = [
        item
        for level in levels
        for guard in level.guards
        for item in walk(guard.test)
        if isinstance(item, ast.Attribute)
    ]
    different = isinstance(items, Items) and items.run is not None
    # an inner loop comes back to the condition
    different = different and len([loop for loop in lookup.run.loops if loop.names]) == 1
    for effect in assigned if reads else ():
        read = [position(item) for item in reads if item.attr == effect.attribute]
        own = isinstance(effect.target, Row) and any(
            lookup.loop in origin.via and not origin.path for origin in effect.target.origins
        )
        late = isinstance(effect.site, ast.AST) and max(read, default=(0, 0)) < position(
            effect.site
        )
        if read and not (own and different and late):
            return f"the loop assigns {effect.attribute}, by which it tells what to look up", effect
    return None


def also_called(scope: Scope, names: set[str]) -> set[str]:
    """These variables of a function and all that may hold the same containers."""
    return aliases(scope).reach(names, False)


def holders(scope: Scope, name: str) -> set[str]:
    """The variables that may hold what another one holds, or a part of it: `limits` of `ranks`,
    where `limits = {"ranks": ranks}`."""
    return aliases(scope).reach({name}, True)


def filled(
    scope: Scope,
    owner: ast.AST,
    names: Iterable[ast.Name],
    span: tuple[Position, Position] | None = None,
) -> ast.Name | None:
    """One of these names, if a loop changes the container that it holds, maybe under another name
    or as a part of another: `ranks = limits["ranks"]` and `limits["ranks"].append(3)`.

    Args:
        owner: the loop, or any other code.
        span: the part of that code which is looked at, if not all.
    """
    changes = [
        (base, item)
        for base, item, node in (*_fillings(owner), *_handed_out(scope.node))
        if span is None or node is scope.node or span[0] <= position(node) < span[1]
        if not isinstance(scope.flow.env.get(path_of(base)), (*_NO_DATA, Plain))
    ]
    if not changes:
        return None
    known = aliases(scope)
    for name in names:
        path, item = _read_whole(scope, name)
        value = scope.flow.env.get(path)
        if isinstance(value, Plain) and value.kind is not None:
            continue
        for base, key in changes:
            if key is not None and item is not None and key != item:
                continue
            if known.changes(base, path):
                return name
    return None


def _fillings(owner: ast.AST) -> Iterator[tuple[ast.expr, str | None, ast.AST]]:
    """The containers that code changes, the item where it is one by name, and where."""
    for node in walk(owner):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="list" | "set" | "dict"), attr=method),
                args=[base, *_],
            ) if (
                method in MUTATORS
            ):
                yield base, None, node
            case ast.Call(func=ast.Attribute(value=base, attr=method)) if method in MUTATORS:
                yield base, None, node
            case ast.Subscript(
                value=base, ctx=ast.Store() | ast.Del(), slice=ast.Constant(value=str(key))
            ):
                yield base, key, node
            case ast.Subscript(value=base, ctx=ast.Store() | ast.Del()):
                yield base, None, node
            case ast.AugAssign(target=base):
                yield base, None, node


def _handed_out(function: ast.AST) -> Iterator[tuple[ast.expr, None, ast.AST]]:
    """The containers of which `more = found.append` or the like is used under another name, which
    may change them wherever that is called."""
    nodes = walk(function)
    called = {node.func for node in nodes if isinstance(node, ast.Call)}
    for node in nodes:
        match node:
            case ast.Attribute(value=base, attr=method, ctx=ast.Load()) if (
                method in MUTATORS and node not in called
            ):
                yield base, None, function


def _read_whole(scope: Scope, name: ast.Name) -> tuple[str, str | None]:
    """What is read of a variable: `a.b` of `a.b.c()`, and the item of `a["x"]`."""
    node: ast.expr = name
    while isinstance(outer := scope.parents.get(node), ast.Attribute):
        if isinstance(called := scope.parents.get(outer), ast.Call) and called.func is outer:
            break
        node = outer
    match scope.parents.get(node):
        case ast.Subscript(value=value, slice=ast.Constant(value=str(key))) if value is node:
            return path_of(node), key
    return path_of(node), None


def _fields(lookup: Lookup, owner: ast.AST) -> set[str]:
    """The attributes and items that are read to make the keys."""
    nodes: list[ast.expr] = [part.operand for part in lookup.parts]
    assert lookup.collection is not None
    nodes += [level.loop.iterable for level in lookup.collection.levels[1:]]
    fields: set[str] = {name for part in lookup.parts for name in part.read}
    seen: set[str] = set()
    while nodes:
        for node in walk(nodes.pop()):
            match node:
                case ast.Subscript(slice=ast.Constant(value=str(name))):
                    fields.add(name)
                case ast.Subscript() | ast.Call(func=ast.Attribute(attr="get"), args=[_, *_]):
                    fields.add(_constant(node))
                case ast.Attribute(attr=name):
                    fields.add(name)
                case ast.Name(id=name) if name not in seen:
                    seen.add(name)
                    nodes += [
                        item.value
                        for item in walk(owner)
                        if isinstance(item, ast.Assign) and name in _stored(item)
                    ]
    return fields


def _constant(node: ast.expr) -> str:
    match node:
        case ast.Call(args=[ast.Constant(value=str(name)), *_]):
            return name
    return "[]"


def _changes(owner: ast.AST) -> Iterator[tuple[ast.expr, str | None, ast.expr | ast.stmt]]:
    """What is changed in a loop: the thing, the item or attribute (None: any), and where."""
    for node in walk(owner):
        match node:
            case ast.Call(func=ast.Attribute(value=base, attr=method)) if method in MUTATORS:
                yield base, None, node
            case ast.Call(
                func=ast.Attribute(value=ast.Name() as base, attr=method)
            ) if method not in PURE_METHODS and isinstance(base, ast.Name):
                yield ast.Subscript(base, ast.Constant(0)), None, node
            case ast.Subscript(
                value=base, ctx=ast.Store() | ast.Del(), slice=ast.Constant(value=str(key))
            ):
                yield base, key, node
            case ast.Subscript(value=base, ctx=ast.Store() | ast.Del()):
                yield base, None, node
            case ast.Attribute(value=base, ctx=ast.Store() | ast.Del(), attr=name):
                yield ast.Subscript(base, ast.Constant(name)), name, node
            case ast.AugAssign(target=ast.Name() as base):
                yield base, None, node
        if isinstance(node, ast.Call) and _name(node.func) in _CHANGERS:
            for argument in node.args[:2]:
                yield argument, None, node
                yield from (
                    (ast.Name(name), None, node)
                    for depth, (name, at) in shares(argument)
                    if depth == at == 0
                )


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _stored(node: ast.AST) -> set[str]:
    return {n.id for n in walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
