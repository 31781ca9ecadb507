"""Functions by their full names: builtins, well-known libraries, and those nobody knows."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.orm import (
    by_name,
    called_back,
    callees,
    collected,
    constructors,
    containers,
    elsewhere,
    expressions,
    getters,
    kept_sessions,
    mappers,
    names,
    objects,
    protocols,
    sessions,
    sql,
    told_sessions,
)
from codemods.orm.events import Act
from codemods.orm.instances import Instance, Super
from codemods.orm.values import (
    ANYTHING,
    DATA,
    Bound,
    ContainerKind,
    Function,
    Items,
    ModelClass,
    Nothing,
    Plain,
    Row,
    Session,
    Symbol,
    Tuple,
    Unknown,
    Value,
    kind_of,
    partly,
    via,
)

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts
    from codemods.orm.flow import Flow
_ENDLESS = ast.comprehension(ast.Name("_"), ast.Constant(None), [], 0)


_RESULTS = {
    "str": Plain("str", False), "int": Plain("int", False), "bool": Plain("bool", False),
    "float": Plain("float", False), "len": Plain("int", False), "repr": Plain("str", False),
    "any": Plain("bool", False), "all": Plain("bool", False), "isinstance": Plain("bool", False),
    "abs": DATA, "round": DATA, "hash": Plain("int", False), "id": Plain("int", False),
    "print": Plain(None, True, None), "callable": Plain("bool", False), "sum": Plain(None, False),
    "format": Plain("str", False), "ord": Plain("int", False), "chr": Plain("str", False),
}  # fmt: skip


_KINDS: dict[str, ContainerKind] = {
    "list": "list", "tuple": "tuple", "set": "set", "frozenset": "set", "sorted": "list",
}  # fmt: skip
_CONVERSIONS = {
    "uuid.UUID": "UUID", "decimal.Decimal": "Decimal", "datetime.datetime": "datetime",
    "datetime.date": "date", "datetime.datetime.now": "datetime", "datetime.timedelta": "timedelta",
    "datetime.datetime.utcnow": "datetime", "datetime.date.today": "date", "uuid.uuid4": "UUID",
}  # fmt: skip


_UNKNOWN = frozenset({
    "getattr", "setattr", "delattr", "vars", "exec", "eval", "__import__", "super",
    "object.__setattr__",
})  # fmt: skip


def named_call(flow: Flow, node: ast.Call, full_name: str, arguments: list[Value]) -> Value | None:
    """A call of a function with a known full name."""
    if factory := flow.index.factories.get(full_name):
        return sessions.of_factory(factory, full_name)
    if full_name in names.OBJECT_SESSION:
        return sessions.of_project(flow, ast.unparse(node))
    if full_name in names.SYNC_SESSIONS or full_name in names.ASYNC_SESSIONS:
        return direct_session(node, full_name)
    if full_name in names.SESSION_MAKERS:
        return session_maker(flow, node)
    if (made := sql.library(flow, node, full_name, arguments)) is not None:
        return made
    if (mapper := mappers.inspecting(full_name, arguments)) is not None:
        return mapper
    if full_name.startswith("builtins."):
        return builtin(flow, node, full_name[9:], arguments)
    if (getter := getters.getter(flow, node, full_name)) is not None:
        return getter
    if full_name in _CONVERSIONS:
        return Plain(_CONVERSIONS[full_name], False)
    if full_name in collected.MADE:
        return collected.made(flow, node, full_name, arguments)
    if full_name in names.CSV_WRITERS and all(isinstance(each, Unknown) for each in arguments[:1]):
        plain = not names.WRITING & flow.index.method_names
        return Unknown(plain or not any(each.tainted for each in arguments))
    if full_name in names.PROGRESS and arguments and isinstance(arguments[0], Items):
        called_back.called(flow, node, full_name, arguments)
        return rebuilt(flow, node, "iter", arguments)
    if elsewhere.is_pure(flow, full_name):
        called_back.called(flow, node, full_name, arguments)
        if full_name in names.PRINTERS or elsewhere.is_logger(flow, full_name):
            stringified(flow, node, tuple(arguments))
        if any(value.tainted for value in arguments) and not full_name.startswith("sqlalchemy."):
            return ANYTHING
        return Unknown(plain=not full_name.startswith("sqlalchemy."))
    if elsewhere.is_known(flow, full_name) and elsewhere.gets_data(flow, node, arguments):
        return elsewhere.called(flow, node, full_name)
    return projects_own(flow, node, full_name, arguments)


def projects_own(
    flow: Flow, node: ast.Call, full_name: str, arguments: list[Value]
) -> Value | None:
    """A function or class of the project, or something that nobody knows."""
    facts = flow.index.function(full_name)
    value = None
    if facts is not None and facts.owner is None:
        value = callees.invoke(flow, node, facts, callees.given(flow, node, arguments))
    elif facts is not None:
        # a method that is read on its class
        given = callees.given(flow, node, arguments)
        of_class = any(name.endswith("classmethod") for name in facts.decorators)
        receiver = Symbol(full_name.rpartition(".")[0]) if of_class else None
        value = callees.invoke(flow, node, facts, given, receiver)
    else:
        value = constructors.construct(flow, node, full_name, arguments)
        if value is None:
            name = full_name.rpartition(".")[2]
            value = told_sessions.call(flow, node, Symbol(full_name), name, arguments)
    return unknown(flow, node, Symbol(full_name), arguments) if value is None else value


def direct_session(node: ast.Call, full_name: str) -> Session:
    """`Session(engine, autoflush=False)`."""
    flags: dict[str, bool | None] = {"autoflush": True, "expire_on_commit": True}
    for keyword in node.keywords:
        if keyword.arg is None:
            flags = dict.fromkeys(flags)
        elif keyword.arg in flags:
            match keyword.value:
                case ast.Constant(value=bool() as flag):
                    flags[keyword.arg] = flag
                case _:
                    flags[keyword.arg] = None
    return Session(
        ast.unparse(node),
        full_name in names.ASYNC_SESSIONS,
        flags["autoflush"],
        flags["expire_on_commit"],
    )


def session_maker(flow: Flow, node: ast.Call) -> Value:
    """`sessionmaker(bind=engine)` in a function: the project's factory of this place."""
    place = flow.program.place(node) or flow.code.source.place(node)
    here = flow.code.facts.full_name if flow.code.facts is not None else flow.module.module
    factory = flow.index.factories.get(f"{here}@{place.span.start}")
    return ANYTHING if factory is None else Symbol(factory.full_name)


def builtin(flow: Flow, node: ast.Call, name: str, arguments: list[Value]) -> Value:
    """A builtin function, or an exception or type of the builtins."""
    first = arguments[0] if arguments else None
    if name in names.STRINGIFIERS:
        stringified(flow, node, tuple(arguments))
    for value in arguments:
        protocols.used(flow, node, value, *protocols.BUILTINS.get(name, ()))
    if name in _UNKNOWN:
        if name == "super":
            return super_of(flow)
        found = by_name.builtin(flow, node, name, arguments)
        if found is None:
            found = unknown(flow, node, Symbol(f"builtins.{name}"), arguments)
        return ANYTHING if found is None else found
    if name == "iter" and first is not None and len(arguments) == 2:
        # `iter(function, end)` asks it for each item
        result = apply(flow, node, first, Items(ANYTHING), True, lambda _: ())
        return Items(result, "iterator")
    if name in ("list", "tuple", "set", "frozenset", "sorted", "reversed", "iter", "filter"):
        return rebuilt(flow, node, name, arguments)
    if name == "dict":
        return dict_of(flow, node, arguments)
    if name in ("globals", "locals"):
        return Items(Plain("str", False), "dict", ANYTHING)
    if name == "enumerate" and first is not None:
        items = containers.iterated_value(flow, node.args[0], first)
        return Items(Tuple((Plain("int", False), items.element)), "iterator", limit=items.limit)
    if name == "zip":
        parts = [
            containers.iterated_value(flow, n, v) for n, v in zip(node.args, arguments, strict=True)
        ]
        strict = any(keyword.arg == "strict" for keyword in node.keywords)
        pairs = Items(Tuple(tuple(part.element for part in parts)), "iterator")
        return pairs if strict or len(parts) == 1 else partly(pairs)
    if name == "range":
        limit = first.constant if isinstance(first, Plain) and len(arguments) == 1 else None
        return Items(Plain("int", False), "range", limit=limit if isinstance(limit, int) else None)
    if name == "map" and len(arguments) > 1:
        return mapped_over(flow, node, arguments)
    if name in ("min", "max", "next") and first is not None:
        if len(arguments) > 1 and name != "next":
            return join_all(arguments)
        items = containers.iterated_value(flow, node.args[0], first)
        apply_key(flow, node, items.element)
        protocols.used(flow, node, items.element, *protocols.OF_ITEMS.get(name, ()))
        return partly(items.element)
    if name in ("sum", "any", "all") and first is not None:
        element = containers.iterated_value(flow, node.args[0], first).element
        protocols.used(flow, node, element, *protocols.OF_ITEMS.get(name, ()))
        if name == "sum":
            return Plain(kind_of(element), False)
    if name == "type" and len(arguments) == 1 and isinstance(first, Row):
        return Bound(first, "__class__")
    return _RESULTS.get(name, DATA)


def super_of(flow: Flow) -> Value:
    """`super()` in a method."""
    node = flow.code.node
    owner = flow.code.owner
    if owner is None or isinstance(node, ast.Module):
        return ANYTHING
    first = [*node.args.posonlyargs, *node.args.args][:1]
    return Super(owner, flow.env[first[0].arg]) if first and first[0].arg in flow.env else ANYTHING


def join_all(values: list[Value]) -> Value:
    return expressions.join_all(tuple(values))


def rebuilt(flow: Flow, node: ast.Call, name: str, arguments: list[Value]) -> Value:
    """`list(rows)`, `sorted(rows)`: the same elements in another container."""
    kind = _KINDS.get(name, "iterator")
    if not arguments:
        return Items(Nothing(), kind)
    position = 1 if name == "filter" and len(arguments) > 1 else 0
    items = containers.iterated_value(flow, node.args[position], arguments[position])
    if name == "filter" and isinstance(arguments[0], Function):
        apply(flow, node, arguments[0], items, lazily=True)
    apply_key(flow, node, items.element)
    protocols.used(flow, node, items.element, *protocols.OF_ITEMS.get(name, ()))
    keep = name in ("list", "tuple")
    same = replace(items, kind=kind, run=items.run if keep else None, mapped=None, collection=None)
    return partly(same) if name == "filter" else same


def dict_of(flow: Flow, node: ast.Call, arguments: list[Value]) -> Value:
    if not arguments:
        values = [flow.keywords.get(keyword.value, ANYTHING) for keyword in node.keywords]
        mapped = join_all(values) if values else Nothing()
        named_key: Value = Plain("str", False) if values else Nothing()
        names = [keyword.arg for keyword in node.keywords]
        named = tuple((n, value) for n, value in zip(names, values, strict=True) if n is not None)
        return Items(named_key, "dict", mapped, named=() if None in names else named)
    items = containers.iterated_value(flow, node.args[0], arguments[0])
    match items.element:
        case Tuple(elements=(key, value)):
            return Items(key, "dict", value)
    if items.kind == "dict":
        return items
    return Items(ANYTHING, "dict", ANYTHING)


def mapped_over(flow: Flow, node: ast.Call, arguments: list[Value]) -> Value:
    """`map(function, rows)`, and with several lists."""
    pairs = zip(node.args[1:], arguments[1:], strict=False)
    first, *others = (containers.iterated_value(flow, n, v) for n, v in pairs)
    more = tuple(each.element for each in others)
    return Items(apply(flow, node, arguments[0], first, True, lambda e: (e, *more)), "iterator")


def _alone(element: Value) -> tuple[Value, ...]:
    return (element,)


def apply(
    flow: Flow,
    node: ast.Call,
    function: Value,
    items: Items,
    lazily: bool = False,
    given: Callable[[Value], tuple[Value, ...]] = _alone,
) -> Value:
    """A function that is called for each item, or when somebody asks for the next one; `given` says
    with what."""
    iterable = node.args[-1] if node.args else node
    with flow.looping(_ENDLESS, node, iterable, items) as loop:
        loop.deferred = lazily and node not in flow.at_once
        arguments = given(via(items.element, loop))
        match function:
            case Function(call=inner) if inner is not None:
                return inner(arguments)
            case Symbol(full_name=full_name) if full_name.startswith("builtins."):
                return builtin_of(flow, node, full_name[9:], join_all(list(arguments)))
        value = handed(flow, node, function, arguments)
        if value is None:
            value = unknown(flow, node, function, list(arguments))
        return ANYTHING if value is None else value


def handed(flow: Flow, node: ast.Call, function: Value, values: tuple[Value, ...]) -> Value | None:
    """A function of the project that something else calls with these arguments."""
    arguments = callees.Arguments(values, shown=False)
    facts: FunctionFacts | None = None
    receiver: Value | None = None
    match function:
        case Symbol(full_name=full_name):
            facts = flow.index.function(full_name)
        case Bound(receiver=Instance() as instance, name=name):
            facts, receiver = objects.class_member(flow, instance.full_name, name), instance
        case Bound(receiver=ModelClass() as made, name=name):
            other = made.model.others.get(name)
            facts = flow.index.function(other.function) if other and other.function else None
            receiver = made if other and other.kind == "classmethod" else None
    return None if facts is None else callees.invoke(flow, node, facts, arguments, receiver)


def builtin_of(flow: Flow, node: ast.Call, name: str, element: Value) -> Value:
    if name in names.STRINGIFIERS:
        stringified(flow, node, (element,))
    protocols.used(flow, node, element, *protocols.BUILTINS.get(name, ()))
    return _RESULTS.get(name, ANYTHING if element.tainted else DATA)


def apply_key(flow: Flow, node: ast.Call, element: Value) -> None:
    """The `key=` function of sorted(), min(), max() and list.sort()."""
    for keyword in node.keywords:
        function = flow.keywords.get(keyword.value)
        if keyword.arg == "key" and function is not None:
            apply(flow, node, function, Items(element, "list"))


def unknown(flow: Flow, node: ast.Call, function: Value, arguments: list[Value]) -> Value | None:
    """A call of which nothing is known: it may do anything with what it is given."""
    values = [*arguments, *(flow.keywords.get(k.value, ANYTHING) for k in node.keywords)]
    receives = any(value.tainted for value in values) or kept_sessions.may_reach_one(flow, function)
    flow.shared_sessions |= any(map(kept_sessions.has_one, values))
    if plain_class(flow, function) and not receives:
        return Unknown(plain=True)
    flow.effect(Act.CALL, node, callee=ast.unparse(node.func), receives=receives)
    for given in (*node.args, *(keyword.value for keyword in node.keywords)):
        held = flow.env.get(given.id) if isinstance(given, ast.Name) else None
        if isinstance(given, ast.Name) and isinstance(held, Items) and held.named:
            # what it has under a key may be another value from here on
            flow.env[given.id] = replace(held, named=())
    return ANYTHING if receives or flow.shared_sessions else Unknown(plain=True)


def plain_class(flow: Flow, function: Value) -> bool:
    """True for exceptions, enums and the like, whose calls only make a value."""
    match function:
        case Symbol(full_name=full_name):
            return flow.index.is_plain_class(full_name)
    return False


def stringified(flow: Flow, node: ast.expr, arguments: tuple[Value, ...]) -> None:
    """Rows turned into text call the `__str__` or `__repr__` of their class."""
    for value in arguments:
        match value:
            case Row(model=model):
                text = protocols.used(flow, node, value, "__str__", "__repr__")
                if text is None and not model.complete:
                    flow.effect(Act.CALL, node, callee=f"{model.name}.__repr__", target=value)
            case Instance():
                protocols.used(flow, node, value, "__str__", "__repr__", "__format__")
            case Items(element=element, mapped=mapped):
                stringified(flow, node, (element, *((mapped,) if mapped else ())))
            case Tuple(elements=elements):
                stringified(flow, node, elements)
