"""What a loop may change of what a helper's queries depend on besides their keys."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.handed_queries import passages
from codemods.orm.key_changes import filled
from codemods.orm.lookup_shapes import inner_query
from codemods.orm.moments import (
    Moments,
    Position,
    changed_names,
    end_of,
    paths,
    position,
    touches,
)
from codemods.orm.same_objects import own_of_new
from codemods.orm.stateful import stateful
from codemods.orm.steady import Changes, filled_attributes, handed_over, is_refilled
from codemods.orm.values import ModelClass, Value

if TYPE_CHECKING:
    from codemods.orm.batch_helpers import Helper
    from codemods.orm.batch_sites import Site
    from codemods.orm.events import Loop
    from codemods.orm.frames import Frame
    from codemods.orm.query import Query
    from codemods.orm.scope import Scope

# Functions that reach any attribute of an object.
BY_NAME = frozenset({"setattr", "delattr", "vars"})


def assigned(site: Site) -> set[str]:
    """The attributes that are assigned in the loops, and in what they call."""
    return {
        node.attr
        for node in _nodes(site.scope, site.loops)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del)
    }


def changed_object(helper: Helper, site: Site) -> str | None:
    """An attribute in a condition of the helper's queries whose object the loop changes."""
    read = set(conditions(helper))
    if not read:
        return None
    filled = {*filled_attributes(site.scope, *site.loops)} & (read | {"__dict__"})
    if filled:
        return min(filled)
    return bound_anew(site.scope, site.loops, read)


def bound_anew(scope: Scope, loops: Sequence[Loop], read: set[str]) -> str | None:
    """One of these attributes, if the loops may assign it on some object."""
    if not read:
        return None
    for node in _nodes(scope, loops):
        match node:
            case ast.Attribute(attr=name, ctx=ast.Store() | ast.Del()) if name in read:
                return name
            case ast.Call(func=ast.Name(id=name)) if name in BY_NAME:
                return min(read)
    return None


def between(
    scope: Scope,
    given: Mapping[ast.expr, Value | None],
    fields: Set[str],
    start: ast.stmt,
    end: ast.stmt,
) -> bool:
    """True if what two loops give to one helper may change meanwhile.

    Args:
        given: what both of them give to it; None for the session, and for the object that it is
            called on.
        fields: the attributes that the helper reads of these.
        start, end: the statements with the loops, the second one included.
    """
    moments, low, high = Moments(scope), position(start), end_of(end)
    changes = [path for place, path in moments.changes if low <= place < high]
    if any(touches(path, used) for path in changes for node in given for used in paths(node)):
        return True
    data = [node for node, value in given.items() if value is not None]
    names = [n for node in data for n in walk(node) if isinstance(n, ast.Name)]
    if filled(scope, scope.node, names, (low, high)) is not None:
        return True
    frames = list(_run_between(scope, low, high))
    attributes = {n.attr for node in given for n in walk(node) if isinstance(n, ast.Attribute)}
    attributes |= fields
    written = {path for frame in frames for path in _written(frame)}
    if any(attributes.intersection(path.split(".")[1:]) for path in (*changes, *written)):
        return True
    followed = _harmless(frames)
    return any(moments.changed_by_calls(node, low, high, followed) for node in data)


def filled_argument(site: Site, node: ast.expr) -> bool:
    """True if the loops change the container that an argument holds, or what they call does, and for
    one that is something else each time it is read."""
    if stateful(site.scope, walk(node)) is not None:
        return True
    names = [n for n in walk(node) if isinstance(n, ast.Name)]
    for loop in site.loops:
        if filled(site.scope, loop.owner, names) is not None:
            return True
        known = _harmless(_frames_in(site.scope, loop))
        if handed_over(site.scope, loop, known).intersection(n.id for n in names):
            return True
        if any(map(Changes(site.scope, loop).is_moved, names)):
            return True
    return False


def _frames_in(scope: Scope, loop: Loop) -> list[Frame]:
    """The activations of functions that a loop calls; of a helper that is seen as a loop, all."""
    return [
        frame
        for frame in scope.flow.frames
        if any(each.owner is loop.owner for each in frame.loops)
        or (loop.owner is scope.node and frame.caller is not None)
    ]


def _harmless(frames: Iterable[Frame]) -> set[ast.AST]:
    """The calls of functions that change nothing that they are given, nor do those they call."""
    frames = list(frames)
    loud = [frame for frame in frames if any("." not in path for path in _written(frame))]
    calls = {frame.call for frame in frames} - {f.call for frame in loud for f in frame.chain}
    return {call for call in calls if call is not None}


def _run_between(scope: Scope, low: Position, high: Position) -> Iterator[Frame]:
    """The activations of functions that are called between two places, and of what these call."""
    for frame in scope.flow.frames:
        call = frame.chain[1].call if frame.caller is not None else None
        if call is not None and low <= position(call) < high:
            yield frame


def _written(frame: Frame) -> Iterator[str]:
    """What a function writes to that others have: attributes, and items of its parameters."""
    node = frame.code.node
    if isinstance(node, ast.Module):
        return
    own = {argument.arg for argument in walk(node.args) if isinstance(argument, ast.arg)}
    for part in walk(node):
        for path in () if isinstance(part, ast.Name) else changed_names(part):
            if "." in path or path in own:
                yield path


def refilled_name(helper: Helper, names: frozenset[str]) -> str | None:
    """A variable of the helper's module that functions bind anew, or whose items they change.

    Args:
        names: what the queries read.
    """
    own = {parameter.arg for parameter in helper.parameters} | helper.locals
    return next((n for n in sorted(names - own) if is_refilled(helper.scope, n)), None)


def refilled_argument(scope: Scope, node: ast.expr, mutated: set[str]) -> bool:
    """True if other functions bind a variable anew that the argument reads, or the loop fills what
    it takes from a dict: `codes["retail"]`.

    Args:
        mutated: the names, and the items `codes['retail']`, of what the loop changes.
    """
    for item in walk(node):
        if isinstance(item, ast.Subscript) and ast.unparse(item) in mutated:
            return True
        if isinstance(item, ast.Name) and is_refilled(scope, item.id):
            return True
    return False


def _nodes(scope: Scope, loops: Sequence[Loop]) -> Iterator[ast.AST]:
    """The code of the loops, and of what they call."""
    for loop in loops:
        yield from walk(loop.owner)
    for frame in scope.flow.frames:
        if set(frame.loops) & set(loops):
            own = own_of_new(scope, frame)
            yield from (node for node in walk(frame.code.node) if node not in own)


def conditions(helper: Helper) -> Iterator[str]:
    """The attributes in the conditions of the queries and in the tests under which these are added,
    and those of its object that properties and methods of the helper's object read."""
    for moved in helper.moved:
        for predicate in inner_query(moved.lookup.run.query).predicates:
            for node in walk(predicate.node):
                if isinstance(node, ast.Attribute):
                    owner = helper.scope.flow.lookup(dotted_name(node.value) or "")
                    if not isinstance(owner, ModelClass):
                        yield node.attr
    for through in passages(helper.scope, helper.node):
        yield from through.attributes(helper.scope)
    for moved in helper.moved:
        yield from _tested(helper, moved.lookup.run.query)
    for frame in helper.scope.flow.frames:
        if frame.caller is None or not frame.bound or isinstance(frame.code.node, ast.Module):
            continue
        if frame.code.node.name == "__init__":
            # a new object, such as an error that is raised
            continue
        arguments = frame.code.node.args
        first = [a.arg for a in (*arguments.posonlyargs, *arguments.args)][:1]
        for node in walk(frame.code.node):
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr=attribute) if [name] == first:
                    yield attribute


def _tested(helper: Helper, query: Query) -> Iterator[str]:
    """The attributes that decide which conditions a query has."""
    added = {call.node for call in inner_query(query).calls if not call.sure}
    for node in walk(helper.node) if added else ():
        if isinstance(node, ast.If | ast.IfExp) and not added.isdisjoint(walk(node)):
            yield from (n.attr for n in walk(node.test) if isinstance(n, ast.Attribute))
