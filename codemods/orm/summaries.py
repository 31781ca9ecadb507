"""What a function does for any caller, where it makes no difference who calls it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.orm import hints, outcomes
from codemods.orm.definitions import reworked, wrapped
from codemods.orm.events import Act, Effect, Event, Run
from codemods.orm.frames import Code, Frame, Summary
from codemods.orm.instances import Instance
from codemods.orm.query import Query
from codemods.orm.values import (
    ANYTHING,
    NONE,
    Cell,
    Items,
    ModelClass,
    Plain,
    Result,
    Row,
    Symbol,
    Tuple,
    Unknown,
    Value,
    join,
)

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts
    from codemods.orm.callees import Arguments
    from codemods.orm.flow import Flow


def summarised(
    flow: Flow,
    node: ast.expr,
    code: Code,
    receiver: Value | None = None,
    data: frozenset[str] = frozenset(),
    shown: bool = True,
) -> Value | None:
    """What a function does for any caller, and what its annotation says that it returns.

    The summary is made once, of a walk in which nothing is known of the arguments but their
    annotations, and which of them are `data`; None while it is being made.
    """
    summaries = flow.program.summaries
    key = (code, data)
    if key not in summaries:
        summaries[key] = None
        flow.program.adopt(code)
        own = flow.apart(code).run(data)
        value = joined(own.root.returned)
        summaries[key] = Summary(tuple(_distinct(own.events)), ANYTHING if value.tainted else value)
    summary = summaries[key]
    if summary is None:
        flow.cut += 1
        return None
    bound = receiver is not None and "staticmethod" not in code.decorators
    with flow.entering(Frame(code, flow.frame, node, bound, shown, data=data)):
        for event in summary.events:
            outcomes.repeat(flow, event)
        value = summary.value
        if value.tainted:
            value = hints.value_of(flow, getattr(code.node, "returns", None))
        facts = code.facts
        if facts and (wrapped(flow.index, facts) or overridden(flow, facts, receiver)):
            flow.effect(Act.CALL, node, callee=code.name, receives=True)
    return value


def data_given(code: Code, arguments: Arguments, receiver: Value | None) -> frozenset[str]:
    """The parameters that get data, which leads to no row and no session."""
    node = code.node
    if arguments.open or isinstance(node, ast.Module):
        return frozenset()
    if receiver is None and code.owner and "staticmethod" not in code.decorators:
        return frozenset()
    names = [item.arg for item in (*node.args.posonlyargs, *node.args.args)]
    bound = receiver is not None and "staticmethod" not in code.decorators
    given: dict[str, Value] = dict(zip(names[bound:], arguments.positional, strict=False))
    return frozenset(
        name
        for name, value in (given | dict(arguments.named)).items()
        if isinstance(value, Plain | Cell | Unknown) and not value.tainted
    )


def _distinct(events: list[Event]) -> Iterator[Event]:
    """The effects and queries of a walk, each kind of them once."""
    seen = set()
    for event in events:
        match event:
            case Effect(act=act, model=model, attribute=attribute, receives=receives):
                key: object = (act, model, attribute, receives)
            case Run(query=query, terminal=terminal):
                key = (terminal, tuple(entity.model for entity in query.entities))
            case _:
                continue
        if key not in seen:
            seen.add(key)
            yield event


def overridden(flow: Flow, facts: FunctionFacts, receiver: Value | None) -> bool:
    """True if the method that runs may be a subclass's, or one that a decorator gives the class."""
    match receiver:
        case Instance(full_name=full_name) if reworked(flow.program, full_name):
            return True
        case Instance(full_name=full_name, exact=False):
            return flow.index.overridden(full_name, facts.name)
        case Symbol(full_name=full_name):
            return flow.index.overridden(full_name, facts.name)
        case Row(model=model, new=False) | ModelClass(model=model) if model.children:
            return flow.index.overridden(model.full_name, facts.name)
    return False


def joined(values: list[Value]) -> Value:
    """What a function returns that has several ends.

    A caller that goes on with rows has not got the None of another end.
    """
    if not values:
        return ANYTHING
    rows = (Items, Tuple, Query, Result)
    if any(isinstance(value, rows) for value in values):
        values = [value for value in values if value != NONE]
    result = values[0]
    for value in values[1:]:
        result = join(result, value)
    return result
