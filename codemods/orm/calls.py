"""Calls: who is called, and what each kind of receiver makes of it."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm import (
    attributes,
    by_name,
    callees,
    containers,
    dynamic,
    elsewhere,
    expressions,
    functions,
    loaders,
    mappers,
    names,
    objects,
    rendered,
    rendered_templates,
    sessions,
    sql,
    told_sessions,
)
from codemods.orm.events import Act, Read, Run
from codemods.orm.held_functions import Several
from codemods.orm.instances import Instance, Super
from codemods.orm.query import Loader, Query, models_of
from codemods.orm.values import (
    ANYTHING,
    DATA,
    NONE,
    OUTSIDE,
    Bound,
    Cell,
    Condition,
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
    kind_of,
)

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts
    from codemods.orm.flow import Flow
_STRING_METHODS = frozenset({
    "strip", "lstrip", "rstrip", "lower", "upper", "title", "replace", "format", "join",
    "capitalize", "casefold", "removeprefix", "removesuffix", "zfill", "isoformat", "strftime",
    "swapcase", "center", "ljust", "rjust",
})  # fmt: skip


_MOMENTS = frozenset({"date", "datetime", "time"})
# Methods of Flask-SQLAlchemy's queries that call one which a project may have in its own way.
_CALLING = {"get_or_404": "get"}
# Nothing but text, numbers and dates has methods of these names.
_OF_DATA_ONLY = frozenset({
    "isoformat", "strftime", "total_seconds", "quantize", "strip", "lstrip", "rstrip", "lower",
    "upper", "casefold", "zfill", "startswith", "endswith", "splitlines", "rsplit", "rpartition",
    "removeprefix", "removesuffix", "isdigit", "isalpha", "isalnum", "isnumeric", "isdecimal",
    "isspace", "astimezone", "issubset", "issuperset", "isdisjoint", "weekday", "isoweekday",
    "isocalendar", "toordinal", "timestamp", "bit_length",
})  # fmt: skip


def call(flow: Flow, node: ast.Call) -> Value:
    """The value of a call, and what it does."""
    if isinstance(node.func, ast.Attribute):
        function: Value = method_owner(flow, node.func)
    else:
        function = flow.ev(node.func)
    consumer = consumer_name(function)
    arguments = [argument(flow, item, consumer) for item in node.args]
    for keyword in node.keywords:
        flow.keywords[keyword.value] = argument(flow, keyword.value, consumer)
    value = rendered.call(flow, node, arguments)
    if value is None:
        value = rendered_templates.call(flow, node)
    if value is None:
        value = dispatch(flow, node, function, arguments)
    return ANYTHING if value is None else value


def method_owner(flow: Flow, func: ast.Attribute) -> Value:
    """What is called in `owner.name(…)`: a bound method where the owner is known."""
    dotted = dotted_name(func)
    if dotted is not None and dotted in flow.env:
        return flow.env[dotted]
    owner = flow.ev(func.value)
    match owner:
        case Unknown() | Session() | Query() | Result() | Items() | Tuple() | Loader():
            return Bound(owner, func.attr)
        case Plain() | Cell() | Function() | Nothing():
            return Bound(owner, func.attr)
        case _ if sql.is_sql(owner):
            return Bound(owner, func.attr)
    return attributes.attribute(flow, func, owner, func.attr)


def consumer_name(function: Value) -> str | None:
    match function:
        case Symbol(full_name=full_name):
            name = full_name.removeprefix("builtins.")
            return name if name in names.EAGER_CONSUMERS else None
        case Bound(receiver=Plain(kind="str"), name="join"):
            return "join"
        case Bound(receiver=Items(), name="extend" | "update" | "union" as name):
            return name
    return None


def argument(flow: Flow, node: ast.expr, consumer: str | None) -> Value:
    if isinstance(node, ast.GeneratorExp):
        return expressions.comprehension(flow, node, consumer)
    if consumer is not None:
        flow.at_once.add(node)
    return flow.ev(node)


def dispatch(flow: Flow, node: ast.Call, function: Value, arguments: list[Value]) -> Value | None:
    """What a call of `function` is."""
    match function:
        case Symbol(full_name=full_name):
            owner, _, name = full_name.rpartition(".")
            if elsewhere.is_plain_variable(flow, owner):
                return unknown_method(flow, node, Unknown(plain=True), name, arguments)
            return functions.named_call(flow, node, full_name, arguments)
        case Bound(receiver=Query() as query, name=name):
            return query_method(flow, node, query, name, arguments)
        case Bound(receiver=Result() as value, name=name):
            return sessions.result(flow, node, value, name, arguments)
        case Bound(receiver=Session() as session, name=name):
            return sessions.call(flow, node, session, owner_node(node), name, arguments)
        case Bound(receiver=Loader() as loader, name=name):
            return loaders.loader_method(node, loader, name, arguments)
        case Bound(receiver=Instance() as instance, name=name):
            return instance_method(flow, node, instance, name, arguments)
        case Bound(receiver=Super() as above, name=name):
            return super_method(flow, node, above, name, arguments)
        case Bound(receiver=ModelClass() as made, name=name):
            return class_method(flow, node, made, name, arguments)
        case Bound(receiver=mappers.Properties() as held, name=name) if found := mappers.method(
            held, name
        ):
            return found
        case Bound(receiver=receiver, name=name) if sql.is_sql(receiver):
            return sql.method(flow, node, receiver, name, arguments)
        case Bound(receiver=Row() as row, name=name):
            return row_method(flow, node, row, name, arguments)
        case Bound(receiver=(Items() | Tuple()) as items, name=name):
            return containers.container_method(flow, node, items, name, arguments)
        case Bound(receiver=(Plain() | Cell()) as data, name=name):
            return data_method(flow, node, data, name, arguments)
        case Bound(receiver=receiver, name=name):
            found = unknown_method(flow, node, receiver, name, arguments)
            if name == "get" and isinstance(found, Unknown) and NONE in (*arguments[1:], NONE)[:1]:
                return replace(found, lacking=True)
            return found
        case ModelClass():
            return construct(flow, node, function, arguments)
        case Function(call=inner) if inner is not None:
            return (
                inner(tuple(arguments))
                if not node.keywords
                else functions.unknown(flow, node, function, arguments)
            )
        case Several(options=options):
            for number, option in enumerate(options):
                with flow.under(node, number):
                    dispatch(flow, node, option, arguments)
    return functions.unknown(flow, node, function, arguments)


def owner_node(node: ast.Call) -> ast.expr:
    return node.func.value if isinstance(node.func, ast.Attribute) else node.func


def query_method(
    flow: Flow, node: ast.Call, query: Query, name: str, arguments: list[Value]
) -> Value | None:
    if query.kind in ("dml", "text"):
        return query.called(name, node)
    if query.related is not None:
        first = arguments[0] if arguments else ANYTHING
        if (value := dynamic.method(flow, node, query, name, first)) is not None:
            return value
    if query.made_by:
        own = objects.class_member(flow, query.made_by, name)
        if own is not None:
            return custom_query_method(flow, node, query, own, arguments)
        inner = _CALLING.get(name)
        if inner and objects.class_member(flow, query.made_by, inner):
            return unknown_query_method(flow, node, query, name)
    if name in names.EMBEDDERS:
        if name == "exists":
            return replace(query, kind="exists", node=node)
        return Condition(node, models_of(query))
    if query.style == "legacy" and name in names.TERMINALS:
        return sessions.terminal(flow, node, query, name, arguments)
    if query.style == "legacy" and name not in names.BUILDERS and query.model is not None:
        return unknown_query_method(flow, node, query, name)
    return sql.build(flow, node, query, name, arguments)


def custom_query_method(
    flow: Flow, node: ast.Call, query: Query, facts: FunctionFacts, arguments: list[Value]
) -> Value:
    """A method of a project's own query class."""
    value = callees.invoke(flow, node, facts, callees.given(flow, node, arguments), query)
    return unknown_query_method(flow, node, query, facts.name) if value is None else value


def unknown_query_method(flow: Flow, node: ast.Call, query: Query, name: str) -> Value:
    """A method that nobody knows: it may do anything, and return anything."""
    flow.effect(Act.CALL, node, callee=name, target=query)
    return ANYTHING


def row_method(
    flow: Flow, node: ast.Call, row: Row, name: str, arguments: list[Value]
) -> Value | None:
    other = row.model.others.get(name)
    facts = flow.index.function(other.function) if other and other.function else None
    if facts is not None and other is not None:
        receiver: Value = ModelClass(row.model) if other.kind == "classmethod" else row
        value = callees.invoke(flow, node, facts, callees.given(flow, node, arguments), receiver)
        if value is not None:
            return value
    flow.effect(Act.CALL, node, callee=f"{row.model.name}.{name}", target=row)
    return ANYTHING


def class_method(
    flow: Flow, node: ast.Call, made: ModelClass, name: str, arguments: list[Value]
) -> Value | None:
    """`Order.find(session, 1)`, `Order.full_name(order)`."""
    other = made.model.others.get(name)
    facts = flow.index.function(other.function) if other and other.function else None
    bound = other is not None and other.kind == "classmethod"
    if other is None:
        facts, bound = flow.index.of_metaclass(made.model.full_name, name), True
    if facts is not None:
        receiver = made if bound else None
        value = callees.invoke(flow, node, facts, callees.given(flow, node, arguments), receiver)
        if value is not None:
            return value
    unknown = functions.unknown(flow, node, Bound(made, name), arguments)
    if name == "select" and other is None and not made.model.complete:
        return sql.unseen(node, made)
    return unknown


def instance_method(
    flow: Flow, node: ast.Call, instance: Instance, name: str, arguments: list[Value]
) -> Value | None:
    """A method of an object of the project."""
    facts = objects.class_member(flow, instance.full_name, name)
    if facts is not None:
        receiver: Value = instance
        if any(kind.endswith("classmethod") for kind in facts.decorators):
            receiver = Symbol(instance.full_name)
        value = callees.invoke(flow, node, facts, callees.given(flow, node, arguments), receiver)
        if value is not None:
            return value
    return unknown_method(flow, node, instance, name, arguments)


def super_method(
    flow: Flow, node: ast.Call, above: Super, name: str, arguments: list[Value]
) -> Value | None:
    """`super().name(…)`."""
    facts = objects.above(flow, above, name)
    if facts is not None:
        given = callees.given(flow, node, arguments)
        value = callees.invoke(flow, node, facts, given, above.receiver)
        if value is not None:
            return value
    elif name == "__init__":
        return ANYTHING
    elif name == "__setattr__":
        by_name.held(flow, [above.receiver, *arguments])
    return functions.unknown(flow, node, Bound(above, name), arguments)


def construct(flow: Flow, node: ast.Call, function: ModelClass, arguments: list[Value]) -> Value:
    """A new instance of a mapped class; related rows that it is given may add it to a session."""
    row = Row(function.model, new=True)
    made = flow.index.function(f"{function.model.full_name}.__init__")
    if made is not None and made.owner is not None:
        given = callees.given(flow, node, arguments)
        if callees.invoke(flow, node, made, given, row) is None:
            functions.unknown(flow, node, function, arguments)
    for keyword in node.keywords:
        value = flow.keywords.get(keyword.value, ANYTHING)
        if keyword.arg in function.model.relationships or isinstance(value, Row):
            flow.effect(Act.ADD, node, model=function.model, target=row)
            break
    return row


def data_method(
    flow: Flow, node: ast.Call, data: Plain | Cell, name: str, arguments: list[Value]
) -> Value:
    if name == "join" or name == "format":
        functions.stringified(flow, node, tuple(arguments))
    if name == "replace" and (kind_of(data) in _MOMENTS or node.keywords):
        # `day.replace(hour=0)`
        return Plain(kind_of(data), False) if kind_of(data) in _MOMENTS else DATA
    if name in _STRING_METHODS:
        return Plain("str", False)
    if name in ("split", "rsplit", "splitlines"):
        return Items(Plain("str", False), "list")
    if name == "date":
        return Plain("date", False)
    if name in ("count", "index", "find"):
        return Plain("int", False)
    return DATA


def unknown_method(
    flow: Flow, node: ast.Call, receiver: Value, name: str, arguments: list[Value]
) -> Value | None:
    """A method of something unknown: a session by its shape, a logger by its name."""
    if (told := told_sessions.call(flow, node, receiver, name, arguments)) is not None:
        return told
    dotted = dotted_name(owner_node(node))
    if dotted and dotted.rpartition(".")[2] in names.LOGGER_NAMES and name in names.LOGGER_METHODS:
        functions.stringified(flow, node, tuple(arguments))
        return DATA
    if name in _OF_DATA_ONLY and name not in flow.index.method_names:
        return data_method(flow, node, DATA, name, arguments)
    if isinstance(receiver, Unknown) and name in names.WRITING and _is_of_files(flow, receiver):
        functions.stringified(flow, node, tuple(arguments))
        if name.startswith("writerow") or not any(a.tainted for a in arguments):
            return Unknown(plain=True)
    harmless = isinstance(receiver, Unknown) and receiver.plain and name not in sessions.EFFECTS
    if harmless and elsewhere.gets_data(flow, node, arguments):
        return elsewhere.called(flow, node) if receiver == OUTSIDE else Unknown(plain=True)
    if receiver == OUTSIDE:
        elsewhere.may_keep(flow, owner_node(node), ANYTHING)
    return functions.unknown(flow, node, Bound(receiver, name), arguments)


def _is_of_files(flow: Flow, receiver: Unknown) -> bool:
    """True for what is no object of the project that something can be written to."""
    return receiver.plain or not names.WRITING & flow.index.method_names


def session_attribute(flow: Flow, full_name: str, name: str) -> Value | None:
    """`db.session` of Flask-SQLAlchemy, `Session.query` of a scoped session, or None."""
    factory = flow.index.factories.get(full_name)
    if factory is None:
        return None
    if name == "session":
        return sessions.of_factory(factory, f"{full_name}.session")
    if name in sessions.OF_FLASK:
        return Bound(sessions.of_factory(factory, f"{full_name}.session"), name)
    if flow.index.is_flask(full_name):
        if name in names.LIBRARY:
            return Symbol(f"sqlalchemy.{name}")
        if name in names.LOADERS or name == "aliased":
            return Symbol(f"sqlalchemy.orm.{name}")
    if factory.scoped and name not in ("Model", "configure", "Table"):
        session = sessions.of_factory(factory, full_name)
        if name in sessions.SENDERS or name in sessions.EFFECTS or name in sessions.HARMLESS:
            return Bound(session, name)
    return None


def awaited(flow: Flow, node: ast.Await) -> None:
    """Mark the query, or the read of `awaitable_attrs`, that an `await` waits for."""
    for event in reversed(flow.events[-4:]):
        if event.node is node.value and isinstance(event, Run | Read):
            event.awaited = True
            if isinstance(event, Run) and event.expression is node.value:
                event.expression = node
