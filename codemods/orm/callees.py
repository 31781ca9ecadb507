"""Functions of the project that are called: their bodies are walked with what they are given.

This is what sees through a project: a query in a repository, a loop in a service, a relationship
that is read in a property are events of the function that is looked at, each with the chain of
calls that leads to it. A call that cannot be followed to its end is an effect of which nothing is
known.
"""

from __future__ import annotations

import ast
from collections.abc import Hashable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm import bindings, hints, managers, outcomes, recursion
from codemods.orm.definitions import plainly_decorated, replaceable, wrapped
from codemods.orm.events import Act
from codemods.orm.frames import Code, Frame
from codemods.orm.instances import Instance
from codemods.orm.query import Query
from codemods.orm.summaries import data_given, joined, overridden, summarised
from codemods.orm.values import (
    ANYTHING,
    NONE,
    Bound,
    Function,
    Items,
    ModelClass,
    Nothing,
    Plain,
    Result,
    Row,
    Session,
    Symbol,
    Tuple,
    Unknown,
    Value,
    partly,
)

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts
    from codemods.orm.flow import Flow

# Statements of callees that are walked with what they are given, for one function; beyond, calls
# do what they do for any caller.
_BUDGET = 400
_LAST = 1000
_SHORT = 12
_CACHES = frozenset({
    "lru_cache", "cache", "cached", "memoize", "memoized", "cached_property", "ttl_cache",
})  # fmt: skip


@dataclass(frozen=True)
class Arguments:
    """What a function is called with.

    `open` where `*args` or `**kwargs` may bring more; `shown` False where something else calls it,
    with arguments that are not those of the call.
    """

    positional: tuple[Value, ...] = ()
    named: Mapping[str, Value] = field(default_factory=dict)
    open: bool = False
    nodes: tuple[ast.expr, ...] = ()
    shown: bool = True


def given(flow: Flow, node: ast.Call, values: list[Value]) -> Arguments:
    """The arguments of a call, whose expressions have been evaluated."""
    starred = any(isinstance(item, ast.Starred) for item in node.args)
    positional: list[Value] = []
    for item, value in zip(node.args, values, strict=False):
        if isinstance(item, ast.Starred):
            break
        positional.append(value)
    named = {
        keyword.arg: flow.keywords.get(keyword.value, ANYTHING)
        for keyword in node.keywords
        if keyword.arg
    }
    opened = starred or any(keyword.arg is None for keyword in node.keywords)
    return Arguments(tuple(positional), named, opened, tuple(node.args))


def invoke(
    flow: Flow,
    node: ast.expr,
    facts: FunctionFacts,
    arguments: Arguments,
    receiver: Value | None = None,
) -> Value | None:
    """What a call of a project's function does and returns; None where it cannot be followed.

    Args:
        node: the call, or the attribute whose reading runs a property.
        receiver: the object or class that a method is called on.
    """
    code = flow.program.code(facts)
    if code is None or recursion.turns_back(flow, code, node, _all_given(arguments, receiver)):
        return None
    coroutine = isinstance(code.node, ast.AsyncFunctionDef) and not facts.is_generator
    if (coroutine and flow.awaiting is not node) or replaceable(flow.program, facts):
        return None
    if facts.is_generator and managers.is_manager(facts.decorators):
        static = "staticmethod" in facts.decorators
        return managers.Manager(code, arguments, None if static else receiver)
    handed = (receiver, *arguments.positional, *arguments.named.values())
    too_much = _too_much(flow, code, handed)
    flow.cut += too_much
    matters = _matters(flow, node, facts, arguments, receiver) or (
        flow.discarded is not node
        and (code.gives_a_dict or (isinstance(receiver, Instance) and code.gives_itself))
    )
    if too_much or not matters:
        data = data_given(code, arguments, receiver)
        return summarised(flow, node, code, receiver, data, arguments.shown)
    cached = any(last(name) in _CACHES for name in facts.decorators)
    bound = None if "staticmethod" in facts.decorators else receiver
    with flow.under(node) if cached else nullcontext():
        value = _done_before(flow, node, code, arguments, bound)
        if value is None:
            value = enter(flow, node, code, arguments, bound)
    if wrapped(flow.index, facts) or overridden(flow, facts, receiver):
        flow.effect(Act.CALL, node, callee=facts.qualname, receives=True)
        value = partly(value)
    if facts.is_generator:
        flow.effect(Act.YIELD, node)
    return promised(flow, code, value)


def _too_much(flow: Flow, code: Code, given: Iterable[Value | None]) -> bool:
    """True if so much has been walked that this function is not.

    A short one that is told which class to select, and one that a loop hands its rows to, are what
    the whole is walked for, and have more room.
    """
    node = code.node
    if flow.walked <= _BUDGET or isinstance(node, ast.Module):
        return flow.walked > _BUDGET
    short = (node.end_lineno or 0) - node.body[0].lineno < _SHORT
    selecting = short and any(isinstance(value, ModelClass) for value in given)
    per_row = bool(flow.loops) and any(isinstance(value, Row) for value in given)
    return not (selecting or per_row) or flow.walked > _LAST


def _matters(
    flow: Flow,
    node: ast.expr,
    facts: FunctionFacts,
    arguments: Arguments,
    receiver: Value | None,
) -> bool:
    """True if it makes a difference with what a function is called: it may do something with
    rows, or with a function, or give back what its queries find."""
    held = receiver.fields.values() if isinstance(receiver, Instance) else ()
    given = (*arguments.positional, *arguments.named.values(), *held)
    if any(isinstance(value, _FOLLOWED) or _can_be_filled(value) for value in (receiver, *given)):
        return True
    if facts.name == "__init__" and isinstance(receiver, Instance):
        # what it assigns is what the object's methods go by
        return True
    reach, used = flow.program.reach, flow.discarded is not node
    if facts.full_name in reach.setting and any(
        isinstance(value, Instance) for value in (receiver, *given)
    ):
        return True
    if any(isinstance(value, Row) and value.new for value in given):
        # it may add the row, of which the caller knows the class
        return True
    if any(isinstance(value, _ROWS) for value in given):
        return used or reach.touches(facts)
    if isinstance(receiver, Row | ModelClass):
        return reach.touches(facts)
    if _inherited(receiver, facts) and facts.full_name in reach.writing:
        # it may write what the class of the object says
        return True
    return used and (facts.full_name in reach.querying or facts.full_name in reach.making)


def _inherited(receiver: Value | None, facts: FunctionFacts) -> bool:
    """True for a method that the object has from a class above its own."""
    owner = facts.full_name.rpartition(".")[0]
    return isinstance(receiver, Instance) and receiver.full_name != owner


def _can_be_filled(value: Value | None) -> bool:
    return isinstance(value, Items) and value.kind in ("list", "set", "dict", "any")


_FOLLOWED = (Query, Result, Function, Bound)
_ROWS = (Row, Items, Tuple, ModelClass)


def last(dotted: str) -> str:
    return dotted.rpartition(".")[2]


def _alike(flow: Flow, code: Code, arguments: Arguments, receiver: Value | None) -> Hashable | None:
    """What is the same in all calls that do the same; None for one that is like no other."""
    given = _all_given(arguments, receiver)
    return outcomes.key((code, flow.no_autoflush > 0, arguments.open), given)


def _all_given(arguments: Arguments, receiver: Value | None) -> list[tuple[Hashable, Value]]:
    given: list[tuple[Hashable, Value]] = [*enumerate(arguments.positional)]
    return [*given, *arguments.named.items(), *([("", receiver)] if receiver is not None else [])]


def _done_before(
    flow: Flow, node: ast.expr, code: Code, arguments: Arguments, receiver: Value | None
) -> Value | None:
    """What a call gives back that does what one like it did; None where there was none.

    Queries in a loop of the caller are walked, since they may be asked before it.
    """
    known = flow.program.outcomes.get(_alike(flow, code, arguments, receiver))
    if known is None or (known.asks and flow.loops):
        return None
    if known.walked and flow.walked + known.walked > _BUDGET:
        return None
    flow.walked += known.walked
    frame = Frame(code, flow.frame, node, receiver is not None, arguments.shown)
    with flow.entering(frame):
        bind(flow, code, arguments, receiver)
        for event in known.events:
            outcomes.repeat(flow, event, known.inside)
    given = dict(_all_given(arguments, receiver))
    for name, fields in known.assigned:
        changed = given[name]
        assert isinstance(changed, Instance)
        changed.fields.update(fields)
    return known.value


def enter(
    flow: Flow, node: ast.expr | ast.stmt, code: Code, arguments: Arguments, receiver: Value | None
) -> Value:
    """Walk a function's body with its arguments; what it returns."""
    flow.program.adopt(code)
    given = _all_given(arguments, receiver)
    frame = Frame(code, flow.frame, node, receiver is not None, arguments.shown, given=given)
    cut, recursions, walked = flow.cut, len(flow.recursions), flow.walked
    alike = _alike(flow, code, arguments, receiver)
    held = outcomes.held(given if alike else [])
    with flow.entering(frame):
        bind(flow, code, arguments, receiver)
        before = dict(flow.env)
        assert not isinstance(code.node, ast.Module)
        if not flow.block(code.node.body):
            frame.returned.append(NONE)
        grown = {
            name: value
            for name, value in flow.env.items()
            if before.get(name, value) is not value and isinstance(value, Items)
        }
        after = {name: value for name, value in grown.items() if _is_callers(code, name)}
    recursion.settle(flow, frame)
    write_back(flow, code, arguments, receiver, after)
    if code.facts is not None and code.facts.is_generator:
        return Items(joined(frame.yielded) if frame.yielded else Nothing(), "iterator")
    value = joined(frame.returned)
    turned_back = flow.recursions[recursions:]
    whole = flow.cut == cut and all(frame in other.chain for other in turned_back)
    assigned = outcomes.assigned(given, held) if alike and whole and not after else None
    if alike and assigned is not None:
        counted = flow.walked - walked if grown or turned_back or arguments.open else 0
        found = outcomes.outcome(flow.events[frame.first :], frame, value, counted, assigned)
        if found is not None:
            flow.program.outcomes.setdefault(alike, found)
    return value


def _is_callers(code: Code, name: str) -> bool:
    """True for a parameter that stays bound to what the caller hands over."""
    node = code.node
    if isinstance(node, ast.Module) or name in bindings.assigned_names(node):
        return False
    return any(item.arg == name for item in (*node.args.posonlyargs, *node.args.args))


def bind(flow: Flow, code: Code, arguments: Arguments, receiver: Value | None) -> None:
    """Give the parameters of the function that has been entered their values."""
    assert not isinstance(code.node, ast.Module)
    spec = code.node.args
    positional = [*spec.posonlyargs, *spec.args]
    values = list(arguments.positional)
    if receiver is not None:
        values.insert(0, receiver)
    defaults: dict[str, ast.expr] = {}
    for item, default in zip(reversed(positional), reversed(spec.defaults), strict=False):
        defaults[item.arg] = default
    for item, keyword in zip(spec.kwonlyargs, spec.kw_defaults, strict=True):
        if keyword is not None:
            defaults[item.arg] = keyword
    hints.bind_rest(flow, spec)
    for position, item in enumerate([*positional, *spec.kwonlyargs]):
        promised_ = hints.value_of(flow, item.annotation, item.arg)
        if position < len(values) and position < len(positional):
            value = values[position]
        elif item.arg in arguments.named:
            value = arguments.named[item.arg]
        elif item.arg in defaults and (
            not arguments.open or _the_factory(flow, defaults[item.arg], promised_)
        ):
            value = flow.ev(defaults[item.arg])
            injected = isinstance(promised_, Session) and not isinstance(value, Session)
            if injected and code.facts and wrapped(flow.index, code.facts):
                # a decorator brings the session that a call leaves out
                value = promised_
        else:
            value = promised_
        if isinstance(value, Unknown) and value.tainted:
            lacking, value = value.lacking, promised_
            if lacking and isinstance(value, Plain):
                value = replace(value, optional=True)
        flow.env[item.arg] = value


def _the_factory(flow: Flow, default: ast.expr, promised_: Value) -> bool:
    """True for `make_session=SessionLocal` of a project that has no other factory of sessions: who
    hands in one of his own makes sessions like these."""
    dotted = dotted_name(default)
    if dotted is None or promised_ != ANYTHING:
        return False
    match flow.lookup(dotted):
        case Symbol(full_name=full_name):
            made = [name for name, each in flow.index.factories.items() if not each.test]
            return made == [full_name]
    return False


def write_back(
    flow: Flow, code: Code, arguments: Arguments, receiver: Value | None, after: Mapping[str, Value]
) -> None:
    """A list that the callee has filled is the caller's."""
    if not after or isinstance(code.node, ast.Module):
        return
    names = [item.arg for item in (*code.node.args.posonlyargs, *code.node.args.args)]
    if receiver is not None:
        names = names[1:]
    for name, node in zip(names, arguments.nodes, strict=False):
        if name in after and isinstance(node, ast.Name):
            flow.env[node.id] = after[name]


def promised(flow: Flow, code: Code, value: Value) -> Value:
    """What the return annotation says, where the body says nothing."""
    node = code.node
    if isinstance(node, ast.Module) or node.returns is None:
        return value
    if isinstance(value, Unknown) and value.tainted:
        frame = Frame(code, flow.frame, None)
        with flow.entering(frame):
            return hints.value_of(flow, node.returns)
    return value


def nested(flow: Flow, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Value:
    """A function that is defined in a function; it sees the variables around it."""
    if not plainly_decorated(node):
        return Function(node)
    outer, code = flow.frame, Code(flow.module, flow.code.trees, node)
    env = flow.env

    def call(arguments: tuple[Value, ...]) -> Value:
        return closure(flow, node, code, outer, env, Arguments(arguments))

    return Function(node, call)


def closure(
    flow: Flow,
    node: ast.expr | ast.stmt,
    code: Code,
    outer: Frame,
    env: dict[str, Value],
    arguments: Arguments,
) -> Value:
    """Walk the body of a nested function where it is called."""
    if flow.lambdas > 3 or any(frame.code.node is code.node for frame in flow.frame.chain):
        return ANYTHING
    around = flow.env if flow.frame is outer else env
    flow.lambdas += 1
    frame = Frame(code, flow.frame, node)
    with flow.entering(frame):
        flow.env.update(around)
        bind(flow, code, arguments, None)
        assert not isinstance(code.node, ast.Module)
        if not flow.block(code.node.body):
            frame.returned.append(NONE)
    flow.lambdas -= 1
    return joined(frame.returned)
