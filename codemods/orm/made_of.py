"""What making an object of a class runs, told from names: factories of defaults, validators,
decorators, metaclasses, descriptors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.symbols import Call, Name, Symbol, walk
from codemods.orm.values import Symbol as Class
from codemods.orm.values import Value

if TYPE_CHECKING:
    from codemods.facts.values import ClassFacts, FunctionFacts, ModuleFacts
    from codemods.orm.flow import Flow
    from codemods.orm.frames import Program

_RUN = frozenset({
    "__new__", "__call__", "__set__", "__init_subclass__", "__setattr__", "__getattribute__",
    "__post_init__", "__attrs_post_init__", "model_post_init", "_missing_", "validate",
    "__get_validators__", "__get_pydantic_core_schema__", "__pydantic_init_subclass__",
})  # fmt: skip
_RUN_BY = frozenset({
    "setter", "validator", "root_validator", "field_validator", "model_validator", "default",
})  # fmt: skip


def may_ask(flow: Flow, full_name: str, followed: frozenset[str] = frozenset()) -> bool:
    """True if making an object of a class of the project may send a query: nobody hands a session
    to what does, so that it has one of its own, or that which everybody shares.

    Args:
        full_name: of the class.
        followed: the full names of functions whose effects are seen elsewhere.
    """
    known = flow.program.one(_nothing)
    if full_name not in known:
        known[full_name] = frozenset(_asking(flow, full_name, set()))
    return bool(known[full_name] - followed)


def asks(flow: Flow, function: Value) -> bool:
    """True for a class of the project of which an object is not made without a query, perhaps."""
    if not isinstance(function, Class):
        return False
    full = flow.index.canonical(function.full_name)
    return flow.index.class_(full) is not None and may_ask(flow, full)


def _nothing(program: Program) -> dict[str, frozenset[str]]:
    return {}


def _asking(flow: Flow, full_name: str, seen: set[str], part: bool = False) -> Iterator[str]:
    """The functions that send a query, of those that are run where an object of a class is made.

    Args:
        part: True for a class whose object another one is made with.
    """
    index = flow.index
    if full_name in seen or index.model(full_name) is not None:
        return
    seen.add(full_name)
    for owner in (full_name, *index.bases(full_name)):
        item = index.class_(owner)
        facts = index.by_path.get(item.place.path) if item is not None else None
        if item is None or facts is None:
            continue
        for method in item.methods.values():
            if _is_run(method) or (part and method.name == "__init__"):
                yield from _of_function(flow, method)
        for name in ("__init__", *sorted(_RUN)):
            # `Point.__init__ = …`
            given = index.value(f"{owner}.{name}")
            if given is not None and given.value is not None:
                yield from _of_symbol(flow, facts, given.value, seen)
        for symbol in _symbols(item):
            yield from _of_symbol(flow, facts, symbol, seen)


def _is_run(method: FunctionFacts) -> bool:
    last = (name.rpartition(".")[2] for name in method.decorators)
    return method.name in _RUN or not _RUN_BY.isdisjoint(last)


def _symbols(item: ClassFacts) -> Iterator[Symbol]:
    yield from item.decorators
    yield from (value for key, value in item.keywords if key == "metaclass")
    for each in item.attributes.values():
        yield from (symbol for symbol in (each.value, each.annotation) if symbol is not None)


def _of_symbol(flow: Flow, facts: ModuleFacts, symbol: Symbol, seen: set[str]) -> Iterator[str]:
    for each in walk(symbol):
        if isinstance(each, Name):
            yield from _of_name(flow, facts, each.dotted, seen)


def _of_name(flow: Flow, facts: ModuleFacts, dotted: str, seen: set[str]) -> Iterator[str]:
    index = flow.index
    full = index.resolve_local(facts, dotted)
    if full is None or full in seen:
        return
    function = index.function(full)
    if function is not None:
        yield from _of_function(flow, function)
    elif index.class_(full) is not None:
        yield from _asking(flow, index.canonical(full), seen, part=True)
    elif (value := index.value(full)) is not None:
        seen.add(full)
        home = index.by_path.get(value.place.path)
        if home is not None and value.value is not None:
            yield from _of_symbol(flow, home, value.value, seen)
    else:
        # `service.make`, where the module has `service = Service()`
        held, _, name = full.rpartition(".")
        value = index.value(held)
        home = index.by_path.get(value.place.path) if value is not None else None
        if value is not None and home is not None and isinstance(value.value, Call):
            made = index.resolve_local(home, value.value.func) if value.value.func else None
            method = index.function(f"{made}.{name}") if made is not None else None
            if method is not None:
                yield from _of_function(flow, method)


def _of_function(flow: Flow, function: FunctionFacts) -> Iterator[str]:
    if function.full_name in flow.program.reach.querying:
        yield function.full_name
