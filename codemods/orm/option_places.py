"""Where a loader option is written: at the query, or where another function gets it from one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.hints import class_level
from codemods.orm.values import ModelClass

if TYPE_CHECKING:
    from codemods.orm.eager import RowRead
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope

# What answers from the session where it has the row, whatever the options are.
BY_KEY = ("get", "get_one", "get_or_404")
# Calls after which an option at the root would not do what it does here.
_CHANGES_ENTITIES = ("add_entity", "add_columns", "add_column", "from_statement")


@dataclass(frozen=True)
class Spot:
    """Where the option of a query is written.

    `scope` is the function that it is written in and `nodes` are the expressions to call
    `options()` on; `call` is a call of `options()` that takes it as one more argument instead, and
    `getter` a `session.get()` that takes a list of options.
    """

    scope: Scope
    nodes: tuple[ast.expr, ...]
    call: ast.Call | None = None
    getter: ast.Call | None = None

    @property
    def node(self) -> ast.expr:
        return self.call or self.getter or self.nodes[0]


def spot(read: RowRead) -> Spot | str:
    """Where the option of a query goes, or why there is no such place."""
    scope, query = read.scope, read.query
    node, terminal = read.run.node, read.run.terminal
    if terminal in BY_KEY and node is query.node and isinstance(node, ast.Call):
        return _getter(read, node)
    exclusive = all(not shared(read, root) for root in query.roots)
    if exclusive:
        home = scope.around(query.roots[0])
        calls = [call for call in query.calls if call.method == "options" and call.sure]
        if calls and query.option_calls and not query.opaque:
            return Spot(scope.around(query.option_calls[-1]), (), query.option_calls[-1])
        if query.opaque or query.has(*_CHANGES_ENTITIES):
            return Spot(home, (query.node,))
        if len(query.roots) == 1:
            return Spot(home, query.roots)
    end: ast.expr | None = receiver(read)
    frame = read.run.frame
    while end is not None and isinstance(end, ast.Name) and frame.hands_on(end.id):
        # whoever built it has handed it in
        end, frame = frame.argument(end.id), frame.caller or frame
    if end is None:
        built = scope.around(query.roots[0]).code.title
        return f"the query is built in {built} and sent in {read.run.frame.code.title}"
    return Spot(scope.around(end), (end,))


def option_calls(read: RowRead) -> list[ast.expr]:
    """The calls that the options of a query are written in."""
    calls: list[ast.expr] = [*read.query.option_calls, *read.handing]
    if isinstance(read.spot, Spot) and read.spot.getter is not None:
        calls.append(read.spot.getter)
    return calls


def _getter(read: RowRead, node: ast.Call) -> Spot | str:
    """The place in `session.get(Order, key)`, or in the list of its options."""
    if read.run.terminal not in ("get", "get_one"):
        return f"{read.run.terminal}() takes options in some versions only"
    given = next((k.value for k in node.keywords if k.arg == "options"), None)
    others = {k.arg for k in node.keywords} - {"options", "with_for_update"}
    if len(node.args) != 2 or others:
        return f"it is not seen here what else {read.run.terminal}() is given"
    if given is not None and not (isinstance(given, ast.List) and given.elts):
        return f"the options of {read.run.terminal}() are made elsewhere"
    factories = read.scope.index.factories.values()
    if any(f.custom_class and _has_get(read, f.custom_class) for f in factories):
        return "the project's own session has a get() of its own"
    return Spot(read.scope.around(node), (), getter=node)


def _has_get(read: RowRead, custom: str) -> bool:
    """True if a class of sessions says itself what `get()` does, or may do so."""
    found = read.scope.index.function(f"{custom}.get")
    return read.scope.index.class_(custom) is None or (
        found is not None and found.owner is not None
    )


def generic(read: RowRead, place: Spot) -> bool:
    """True if the function gets the class that its query selects from its callers."""
    entity = read.query.entities[read.entity]
    home = place.scope
    if home.node is read.scope.node:
        return False
    if read.scope.around(entity.node).node is not home.node:
        return _handed_on(read, entity.node, home)
    return not names_model(read, place)


def _handed_on(read: RowRead, node: ast.expr, home: Scope) -> bool:
    """True if `home` hands the class, which it gets itself, to the function that names it."""
    inner = read.scope.around(node).node
    for last in read.scope.flow.frames:
        frame: Frame | None = last if last.code.node is inner else None
        given: ast.expr | None = node
        while frame is not None and isinstance(given, ast.Name) and frame.hands_on(given.id):
            if frame.code.node is home.node:
                return True
            given, frame = frame.argument(given.id), frame.caller
    return False


def names_model(read: RowRead, place: Spot) -> bool:
    """True if the option can say there what the query selects as the query says it."""
    entity = read.query.entities[read.entity]
    if read.query.related is not None:
        return False
    if read.scope.around(entity.node).node is not place.scope.node:
        return False
    if place.scope.node is read.scope.node:
        return True
    dotted = dotted_name(entity.node)
    value = entity.value
    if dotted is None or not isinstance(value, ModelClass):
        return False
    if value.alias is not None or _own_class(place.scope, dotted, value):
        return True
    index = place.scope.index
    resolved = index.resolve(place.scope.module, dotted)
    return resolved is not None and index.canonical(resolved) == value.model.full_name


def _own_class(home: Scope, name: str, value: ModelClass) -> bool:
    """True for the `cls` of a class method of the model that is selected."""
    if isinstance(home.node, ast.Module) or not class_level(home.code):
        return False
    first = [*home.node.args.posonlyargs, *home.node.args.args][:1]
    return home.code.owner == value.model.full_name and [n.arg for n in first] == [name]


def receiver(read: RowRead) -> ast.expr:
    """The expression that stands for the whole query where it is sent."""
    node = read.run.node
    if read.query.style == "select" and isinstance(node, ast.Call) and node.args:
        return node.args[0]
    if read.run.terminal == "iterate":
        return read.run.expression
    match node:
        case ast.Call(func=ast.Attribute(value=value)) | ast.Subscript(value=value):
            return value
    assert isinstance(node, ast.expr)
    return node


def builder(read: RowRead, root: ast.expr) -> Frame | None:
    """The activation that began the query at `root`; None if that has returned it unsent."""
    home = read.scope.around(root).node
    return next((f for f in reversed(read.run.frame.chain) if f.code.node is home), None)


def shared(read: RowRead, root: ast.expr) -> bool:
    """True if the query that begins at `root` is used for something else too."""
    scope = read.scope
    frame = builder(read, root)
    if frame is None:
        return True
    if any(
        run is not read.run and root in run.query.roots and frame in run.frame.chain
        for run in scope.runs
    ):
        return True
    # where the query leaves the function that builds it: sent, or handed to another one
    end = receiver(read) if frame is read.run.frame else frame.reached_by(read.run.frame, root)
    statement = read.run.inner if frame is read.run.frame else None
    if end is None or scope.contains(end, root):
        return end is None
    function, source = frame.code.node, frame.code.source
    names = holders(function, root)
    if not names:
        return True
    ends = [end, *_values(function, names)]
    rebound = {target for target, _ in _assignments(statement)} & names if statement else set()
    last = source.span(statement).end if statement else 0
    return any(
        isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Load)
        and node.id in names
        and not (node.id in rebound and source.span(node).start > last)
        and not any(source.span(end).contains(source.span(node)) for end in ends)
        for node in walk(function)
    )


def holders(function: ast.AST, root: ast.expr) -> set[str]:
    """The variables that a query is kept in while it is built."""
    found: set[str] = set()
    size = -1
    while len(found) != size:
        size = len(found)
        for target, value in _assignments(function):
            if any(
                part is root or (isinstance(part, ast.Name) and part.id in found)
                for part in _chain(value)
            ):
                found.add(target)
    return found


def _values(function: ast.AST, names: set[str]) -> list[ast.expr]:
    return [value for target, value in _assignments(function) if target in names]


def _assignments(within: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in walk(within):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value


def _chain(node: ast.expr) -> Iterator[ast.expr]:
    """A chain of method calls, from its last call to what it begins with."""
    while True:
        yield node
        match node:
            case ast.Call(func=ast.Attribute(value=value)):
                node = value
            case ast.IfExp(body=body, orelse=orelse):
                yield from _chain(body)
                node = orelse
            case _:
                return
