"""Compound statements: what is evaluated under which condition, how often, with which handlers."""

from __future__ import annotations

import ast
from contextlib import nullcontext
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm import (
    bindings,
    conditions,
    containers,
    laziness,
    managers,
    protocols,
    sessions,
)
from codemods.orm.events import Act, Exit
from codemods.orm.instances import Instance
from codemods.orm.managers import Manager
from codemods.orm.names import NEVER_RETURN
from codemods.orm.query import Query
from codemods.orm.values import ANYTHING, DATA, Symbol, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow

_RAISING = frozenset(name.rpartition(".")[2] for name in NEVER_RETURN)


def if_(flow: Flow, node: ast.If) -> bool:
    """An `if`; True if what follows it is not reached."""
    value = flow.ev(node.test)
    protocols.tested(flow, node.test, value)
    if flow.outer is not None and (known := conditions.truth(flow, node.test, value)) is not None:
        # what this caller has given decides
        return flow.block(node.body if known else node.orelse)
    before = dict(flow.env)
    conditions.narrow(flow, node.test, True)
    with flow.under(node, 0, node.test):
        first_ends = flow.block(node.body)
    first, flow.env = flow.env, before
    conditions.narrow(flow, node.test, False)
    with flow.under(node, 1, node.test):
        second_ends = flow.block(node.orelse)
    if first_ends and second_ends:
        return True
    if second_ends:
        flow.env = first
    elif not first_ends:
        flow.env = bindings.joined(first, flow.env)
    return False


def defaults(flow: Flow, arguments: ast.arguments) -> None:
    """What a function that is defined here has its parameters evaluated to by default."""
    for default in (*arguments.defaults, *arguments.kw_defaults):
        if default is not None:
            flow.ev(default)


def class_(flow: Flow, node: ast.ClassDef) -> None:
    """A class that is defined in a function: what its body calls runs at once."""
    flow.env[node.name] = ANYTHING
    for item in (*node.bases, *node.keywords, *node.decorator_list, *node.body):
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        inside = list(walk(item))
        if any(isinstance(part, ast.Call) for part in inside) and any(
            isinstance(part, ast.Name) and part.id in flow.env and flow.env[part.id].tainted
            for part in inside
        ):
            flow.effect(Act.CALL, node, callee=node.name)
            return


def expression(flow: Flow, node: ast.Expr) -> bool:
    """An expression as a statement; True for a call that never returns, like `abort(404)`."""
    value = node.value
    flow.discarded = value.value if isinstance(value, ast.Await) else value
    flow.ev(value)
    match value:
        case ast.Call(func=ast.Name(id=last) | ast.Attribute(attr=last)) if last in _RAISING:
            called = flow.lookup(dotted_name(value.func) or "")
            if isinstance(called, Symbol) and called.full_name in NEVER_RETURN:
                flow.emit(Exit, node, kind="raise", loop=None)
                return True
    return False


def for_(flow: Flow, node: ast.For | ast.AsyncFor) -> None:
    """A `for` loop, whose body is walked once."""
    iterable = containers.gone_over(flow, node.iter)
    with laziness.one_by_one(flow, iterable, node.body) as source:
        items = containers.iterated(flow, iterable)
        source.known()
        _body(flow, node, iterable, items)
    flow.statement = node
    _else(flow, node)


def _body(flow: Flow, node: ast.For | ast.AsyncFor, iterable: ast.expr, items: Value) -> None:
    assigned = bindings.assigned_names(node)
    built = {
        name: value.filtered()
        for name in assigned
        if isinstance(value := flow.env.get(name), Query) and bindings.extends(node, name)
    }
    flow.forget(assigned)
    flow.env.update(built)
    with flow.looping(node, node, iterable, items, assigned) as loop:
        flow.assign(node.target, loop.element, None)
        loop.names = frozenset(bindings.target_names(node.target))
        before = dict(flow.env)
        loop.once = flow.block(node.body) and not bindings.leaves(node.body, ast.Continue)
        flow.env = bindings.joined(before, flow.env)


def while_(flow: Flow, node: ast.While) -> None:
    """A `while` loop, whose body is walked once, and may never run."""
    assigned = bindings.assigned_names(node)
    before = dict(flow.env)
    flow.forget(assigned)
    with flow.looping(node, node, node.test, ANYTHING, assigned):
        protocols.truth(flow, node.test)
        flow.block(node.body)
    endless = isinstance(node.test, ast.Constant) and bool(node.test.value)
    if not endless:
        flow.env = bindings.joined(before, flow.env)
    _else(flow, node)


def _else(flow: Flow, node: ast.For | ast.AsyncFor | ast.While) -> None:
    """What a loop does that was not left by a `break`."""
    if not bindings.leaves(node.body, ast.Break):
        flow.block(node.orelse)
        return
    before = dict(flow.env)
    with flow.under(node):
        ends = flow.block(node.orelse)
    flow.env = before if ends else bindings.joined(before, flow.env)


def try_(flow: Flow, node: ast.Try | ast.TryStar) -> bool:
    """A `try`; True if what follows it is not reached."""
    caught = [name for handler in node.handlers for name in handled(flow, handler)]
    before, first = dict(flow.env), len(flow.bound)
    with flow.trying(node, caught):
        ends = flow.block(node.body)
    names = bindings.assigned_names(node)
    after = bindings.joined(before, bindings.left_early(flow, first, names))
    if not ends:
        with flow.under(node, 0):
            ends = flow.block(node.orelse)
    outcomes = [] if ends else [dict(flow.env)]
    for number, handler in enumerate(node.handlers, 1):
        flow.env = dict(after)
        if handler.name:
            flow.env[handler.name] = DATA
        with flow.under(node, number):
            if not flow.block(handler.body):
                outcomes.append(flow.env)
    flow.env = dict(after) if not outcomes else outcomes[0]
    for outcome in outcomes[1:]:
        flow.env = bindings.joined(flow.env, outcome)
    return flow.block(node.finalbody) or not outcomes


def handled(flow: Flow, handler: ast.ExceptHandler) -> list[str]:
    """The full names of the exceptions of an `except`."""
    if handler.type is None:
        return ["builtins.BaseException"]
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    found = []
    for item in types:
        match flow.lookup(dotted) if (dotted := dotted_name(item)) else ANYTHING:
            case Symbol(full_name=full_name):
                found.append(full_name)
            case _:
                found.append("builtins.Exception")
    return found


def with_(flow: Flow, node: ast.With | ast.AsyncWith) -> bool:
    """A `with`, and what happens when it is left; True if what follows it is not reached."""
    return _inside(flow, node, node.items)


def _inside(flow: Flow, node: ast.With | ast.AsyncWith, items: list[ast.withitem]) -> bool:
    if not items:
        return flow.block(node.body)
    item, *rest = items
    entered = sessions.entered(flow, item.context_expr)
    value = entered.value
    if not entered.known:
        ends = managers.entered(flow, node, item, value, lambda: _inside(flow, node, rest))
        if ends is not None:
            return ends
        if isinstance(value, Manager | Instance):
            flow.effect(Act.CALL, item.context_expr, callee=_name(item), target=value)
            value = ANYTHING
    if item.optional_vars:
        flow.assign(item.optional_vars, value, None)
    flow.no_autoflush += entered.no_autoflush
    before, first = dict(flow.env), len(flow.bound)
    with flow.trying(node, entered.suppressed) if entered.suppressed else nullcontext():
        ends = _inside(flow, node, rest)
    if entered.swallows:
        # the body may have been left at any point of it
        early = bindings.left_early(flow, first, bindings.assigned_names(node))
        ends, flow.env = False, bindings.joined(before, early)
    flow.no_autoflush -= entered.no_autoflush
    flow.statement = node
    for act, session in entered.leaving:
        flow.effect(act, node, target=session)
    if not entered.known:
        flow.effect(Act.CALL, node, callee=_name(item))
    return ends


def _name(item: ast.withitem) -> str:
    return ast.unparse(item.context_expr).partition("(")[0]


def match_(flow: Flow, node: ast.Match) -> None:
    """A `match`, whose cases are branches."""
    flow.ev(node.subject)
    before = dict(flow.env)
    result = dict(before)
    for number, case in enumerate(node.cases):
        flow.env = dict(before)
        flow.statement = node
        flow.forget(
            name
            for part in walk(case.pattern)
            for name in (getattr(part, "name", None), getattr(part, "rest", None))
            if name
        )
        with flow.under(node, number, case.guard):
            if case.guard:
                flow.ev(case.guard)
            if not flow.block(case.body):
                result = bindings.joined(result, flow.env)
    flow.env = result
