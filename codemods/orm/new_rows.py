"""New rows of an upsert loop: who sees of them what only a flush gives."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.events import Act, Effect, Event, Exit, Run
from codemods.orm.flush_effects import read_after
from codemods.orm.moments import end_of, position
from codemods.orm.preconditions import effects
from codemods.orm.sql import is_sql
from codemods.orm.values import ANYTHING, Row

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup
    from codemods.orm.scope import Scope

_KEEPING = frozenset({"append", "add", "insert", "setdefault", "extend", "update", "appendleft"})
_TAKING = frozenset({"pop", "popleft", "get", "setdefault"})
# What takes objects in without a look at their keys.
_SESSION_ONLY = frozenset({"add", "add_all", "merge"})
_HARMLESS = frozenset({"len", "bool", "isinstance", "any", "all"})


def generated(lookup: Lookup, window: Sequence[Event]) -> Effect | None:
    """A new object of which something is read that it has only once it is flushed."""
    for effect in effects(window, Act.ADD):
        target = effect.target
        if not isinstance(target, Row) or not target.new:
            continue
        flush, model = flushed_by(effect, window), target.model
        made = {
            column.name
            for column in model.columns.values()
            if column.default or column.server_default or column.expression
        }
        arguments = effect.node.args if isinstance(effect.node, ast.Call) else []
        added = {argument.id for argument in arguments if isinstance(argument, ast.Name)}
        calls = [argument for argument in arguments if isinstance(argument, ast.Call)]
        given = _given(lookup, added, calls)
        keys = {*model.primary_key, *made, *model.relationships} - given
        keys |= _worked_out(lookup, added, calls)
        held = _held(lookup, added, found=model is lookup.model)
        read = (n for n in walk(lookup.loop.owner) if _reads(n, keys, held, lookup.expression))
        if any(flush is None or _between(effect, node, flush) for node in read):
            return effect
        if flush is not None:
            continue
        env = lookup.scope.flow.env
        for node in read_after(lookup):
            if node.attr in keys and isinstance(node.value, ast.Name):
                value = env.get(node.value.id)
                if not isinstance(value, Row) or value.model is model:
                    return effect
    return None


def flushed_by(added: Effect, window: Sequence[Event]) -> Effect | None:
    """The flush that always comes in the same round of a loop after an object was added."""
    here = {*added.branches}
    for event in window:
        if event.index <= added.index:
            continue
        if isinstance(event, Exit) and not {*event.branches} <= here:
            # of the round, or of a function that would have flushed
            return None
        if not isinstance(event, Effect) or event.act is not Act.FLUSH:
            continue
        always = {*event.branches} <= here and {*event.loops} <= {*added.loops}
        if always and _by_one_session(added, event):
            return event
    return None


def _by_one_session(added: Effect, flush: Effect) -> bool:
    """False for two calls in one function on different objects."""
    match added.node, flush.node:
        case ast.Call(func=ast.Attribute(value=one)), ast.Call(func=ast.Attribute(value=two)):
            return added.frame is not flush.frame or ast.dump(one) == ast.dump(two)
    return True


def _between(added: Effect, node: ast.AST, flush: Effect) -> bool:
    """True for a place behind one that adds an object, and before one that flushes it."""
    start, end = added.site, flush.site
    if start is None or end is None:
        return True
    return end_of(start) <= position(node) < position(end)


def _given(lookup: Lookup, added: set[str], calls: list[ast.Call]) -> set[str]:
    """What every object that these variables are given in the loop, and that is added as it is made,
    is made with."""
    made = [
        {keyword.arg or "" for keyword in call.keywords} for call in _made(lookup, added, calls)
    ]
    return set.intersection(*made) if made else set()


def _worked_out(lookup: Lookup, added: set[str], calls: list[ast.Call]) -> set[str]:
    """What one of them is made with that the database works out: `Tag(uses=func.random())`."""
    given = lookup.scope.flow.keywords
    return {
        keyword.arg or ""
        for call in _made(lookup, added, calls)
        for keyword in call.keywords
        if is_sql(given.get(keyword.value, ANYTHING))
    }


def _made(lookup: Lookup, added: set[str], calls: list[ast.Call]) -> Iterator[ast.Call]:
    """The calls that make them."""
    yield from calls
    for node in walk(lookup.loop.owner):
        match node:
            case ast.Assign(targets=targets, value=ast.Call() as value):
                named = any(isinstance(t, ast.Name) and t.id in added for t in targets)
                if named and value is not lookup.expression:
                    yield value


def _held(lookup: Lookup, added: set[str], found: bool) -> set[str]:
    """The variables of the loop that may be, or contain, a new object.

    Args:
        found: True if a later item may find it.
    """
    names, size = set(added), -1
    while size != len(names):
        size = len(names)
        for node in walk(lookup.loop.owner):
            if (container := _filled(lookup, node, names)) is not None:
                names.add(container)
            match node:
                case ast.Assign(targets=targets, value=value):
                    pass
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    targets = [target]
                case ast.NamedExpr(target=target, value=value):
                    targets = [target]
                case _:
                    continue
            looked_up = found and lookup.expression in walk(value)
            if looked_up or _holds(value, names) or _taken_from(value) in names:
                # of `tag, created = …`, too
                names |= {n.id for target in targets for n in _bound(target)}
    return names


def _bound(target: ast.expr) -> list[ast.Name]:
    parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    return [part for part in parts if isinstance(part, ast.Name)]


def _filled(lookup: Lookup, node: ast.AST, names: set[str]) -> str | None:
    """The container that one of these objects is put into, or that the session gets one from."""
    match node:
        case ast.Call(func=ast.Attribute(value=owner, attr="add"), args=[value]) if _sends(
            lookup.scope, owner
        ):
            return _taken_from(value)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=method), args=values):
            kept = method in _KEEPING and any(_holds(value, names) for value in values)
            return owner if kept else None
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=owner))], value=value):
            return owner if _holds(value, names) else None
    return None


def _taken_from(value: ast.expr) -> str | None:
    """The container that `rows[-1]` and `rows.pop()` take something from."""
    match value:
        case ast.Subscript(value=ast.Name(id=name)):
            return name
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)):
            return name if method in _TAKING else None
    return None


def _reads(node: ast.AST, keys: set[str], names: set[str], found: ast.expr) -> bool:
    """True for `row.id`, and for `row.uses += 1`, which reads it first."""
    match node:
        case ast.AugAssign(target=ast.Attribute() as target):
            pass
        case ast.Attribute(ctx=ast.Load()) as target:
            pass
        case _:
            return False
    value = target.value
    name = value.id if isinstance(value, ast.Name) else _taken_from(value)
    return target.attr in keys and (value is found or name in names)


def leaves(lookup: Lookup, added: set[str]) -> ast.expr | None:
    """Where a container of new rows leaves the function before anything flushes them.

    `added` are the variables that the loop hands to `session.add()`. All of them but the last
    would have their keys from the next lookup's flush.
    """
    scope, loop = lookup.scope, lookup.loop
    if not added or flushed_later(lookup):
        return None
    arguments = getattr(scope.node, "args", None)
    given = {n.arg for n in walk(arguments) if isinstance(n, ast.arg)} if arguments else set()
    names: set[str] = set()
    for node in walk(loop.owner):
        match node:
            case ast.Call(
                func=ast.Attribute(value=owner, attr=method), args=values
            ) if method in _KEEPING and not _sends(scope, owner):
                kept = any(_holds(value, added) for value in values)
            case ast.Assign(targets=[ast.Subscript(value=owner)], value=value):
                kept = _holds(value, added)
            case _:
                continue
        if not kept:
            continue
        if not isinstance(owner, ast.Name) or owner.id in given:
            return owner
        names.add(owner.id)
    if isinstance(loop.owner, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return None
    return _handed_on(scope, names)


def _handed_on(scope: Scope, names: set[str]) -> ast.expr | None:
    """Where one of these containers is returned, kept elsewhere, or handed to a function."""
    for node in walk(scope.node):
        match node:
            case ast.Return(value=ast.expr() as value) | ast.Yield(value=ast.expr() as value):
                seen: list[ast.expr] = [value]
            case ast.Call(func=ast.Attribute(attr=name)) if name in _SESSION_ONLY:
                continue
            case ast.Call(func=ast.Name(id=name)) if name in _HARMLESS:
                continue
            case ast.Call(args=arguments, keywords=keywords):
                seen = [*arguments, *(keyword.value for keyword in keywords)]
            case ast.Global() | ast.Nonlocal():
                seen = []
            case _:
                continue
        for value in seen:
            for item in walk(value):
                if isinstance(item, ast.Name) and item.id in names:
                    return item
    return None


def _holds(value: ast.expr, added: set[str]) -> bool:
    """True if the object itself is in the value, not just what is read of it."""
    match value:
        case ast.Name(id=name):
            return name in added
        case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
            return any(_holds(element, added) for element in elements)
        case ast.Dict(values=values):
            return any(_holds(element, added) for element in values)
        case ast.IfExp(body=body, orelse=orelse):
            return _holds(body, added) or _holds(orelse, added)
        case ast.BoolOp(values=values):
            return any(_holds(element, added) for element in values)
    return False


def _sends(scope: Scope, owner: ast.expr) -> bool:
    """True for the session."""
    text = ast.unparse(owner)
    return any(
        isinstance(run.session_node, ast.expr) and ast.unparse(run.session_node) == text
        for run in scope.runs
    )


def flushed_later(lookup: Lookup) -> bool:
    """True if the code flushes below the loop, whatever came of it."""
    after = lookup.scope.events[lookup.loop.last + 1 :]
    return any(event.branches == lookup.loop.branches and _flushes(event) for event in after)


def _flushes(event: Event) -> bool:
    if isinstance(event, Effect):
        return event.act in (Act.FLUSH, Act.COMMIT)
    return isinstance(event, Run) and not event.no_autoflush and event.query.style == "legacy"
