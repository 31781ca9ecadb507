"""What else runs where an object is made of its fields: validators, factories of defaults."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk as walk_code
from codemods.facts.symbols import (
    Binary,
    Call,
    Constant,
    Items,
    Lambda,
    Name,
    Other,
    Subscript,
    Symbol,
    annotation,
    dotted_name,
    walk,
)
from codemods.orm import callees, containers, elsewhere
from codemods.orm.bindings import assigned_names
from codemods.orm.definitions import wrapped
from codemods.orm.instances import Instance
from codemods.orm.made_of import may_ask
from codemods.orm.values import DATA, Unknown, Value
from codemods.orm.values import Symbol as Class

if TYPE_CHECKING:
    from codemods.facts.values import ClassFacts, FunctionFacts, ModuleFacts, ValueFacts
    from codemods.orm.flow import Flow
    from codemods.orm.frames import Program

_OF_PYDANTIC = frozenset({
    "pydantic.BaseModel", "pydantic.main.BaseModel", "pydantic.RootModel",
    "pydantic.generics.GenericModel", "pydantic_settings.BaseSettings", "sqlmodel.SQLModel",
    "sqlmodel.main.SQLModel",
})  # fmt: skip
_OF_PYTHON = ("builtins", "typing", "typing_extensions", "abc", "dataclasses", "enum")
_AFTER = frozenset({"__post_init__", "__attrs_post_init__", "model_post_init", "_missing_"})
_VALIDATORS = frozenset({"validator", "root_validator", "field_validator", "model_validator"})
_OF_CLASS = frozenset({"classmethod", "validator", "root_validator"})
# A validator takes the value, and sometimes what is known of the field.
_TAKEN = 3
_OTHERWISE = frozenset({
    "__init__", "__new__", "__init_subclass__", "__setattr__", "__getattribute__",
    "__get_validators__", "__get_pydantic_core_schema__", "validate", "model_construct",
    "model_validate", "__pydantic_init_subclass__",
})  # fmt: skip
# Types of which a value is checked, and no code of the project runs.
_CHECKED = (
    *_OF_PYTHON, "pydantic", "annotated_types", "datetime", "decimal", "uuid", "collections",
    "pathlib", "ipaddress", "re", "types", "email_validator", "pydantic_extra_types",
)  # fmt: skip
_FUNCTIONAL = ("AfterValidator", "BeforeValidator", "PlainValidator", "WrapValidator")


@dataclass
class _Makers:
    """What is found out of a class and those of its fields: the functions of the project that
    run, each with its class."""

    functions: dict[str, tuple[FunctionFacts, str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


def made(flow: Flow, node: ast.Call, full_name: str, arguments: callees.Arguments) -> Value | None:
    """An object of a class that is made of its fields, where it is given no row and no session,
    and all that runs meanwhile can be followed; else None.

    Args:
        full_name: of a class of the project that says nothing itself of how it is made.
    """
    words = (flow.keywords.get(keyword.value) for keyword in node.keywords)
    values = (*arguments.positional, *words)
    if arguments.open or any(value is None or value.tainted for value in values):
        return None
    known = flow.program.one(_nothing)
    if full_name not in known:
        found = _Makers()
        known[full_name] = found if _collect(flow, full_name, found) else None
    makers = known[full_name]
    if makers is None or may_ask(flow, full_name, frozenset(makers.functions)):
        return None
    handed = callees.Arguments((DATA,) * _TAKEN, shown=False)
    for facts, owner in makers.functions.values():
        of_class = any(callees.last(name) in _OF_CLASS for name in facts.decorators)
        bound = None if facts.owner is None else Class(owner) if of_class else Instance(owner)
        with flow.under(node):
            if callees.invoke(flow, node, facts, handed, bound) is None:
                return None
    return Unknown(plain=True)


def _nothing(program: Program) -> dict[str, _Makers | None]:
    return {}


def _collect(flow: Flow, full_name: str, found: _Makers) -> bool:
    """Find what runs for a class and for those of its fields; False where that is not known."""
    if full_name in found.seen:
        return True
    found.seen.add(full_name)
    index = flow.index
    order = (full_name, *index.bases(full_name))
    if index.model(full_name) is not None or not (
        index.is_enum(full_name) or _is_made(flow, order)
    ):
        return False
    validated = bool(_OF_PYDANTIC.intersection(order))
    for owner in order:
        item = index.class_(owner)
        facts = index.by_path.get(item.place.path) if item is not None else None
        if item is None or facts is None:
            continue
        for method in item.methods.values():
            if validated and wrapped(index, method):
                return False
            if method.name in _AFTER or (validated and _validates(method)):
                if _changes_others(flow, method):
                    return False
                found.functions.setdefault(method.full_name, (method, full_name))
            elif not _is_quiet(flow, facts, method, found):
                return False
        fields = [value for value in item.attributes.values() if value.annotation is not None]
        if not all(_factory(flow, facts, value, found) for value in fields):
            return False
        types = (value.annotation for value in fields if value.annotation is not None)
        if validated and not all(_type(flow, item, facts, each, found) for each in types):
            return False
    return True


def _is_made(flow: Flow, order: tuple[str, ...]) -> bool:
    """True for a class whose objects are made by what pydantic or Python makes for it."""
    for name in order:
        item = flow.index.class_(name)
        if item is None:
            if name not in _OF_PYDANTIC and name.partition(".")[0] not in _OF_PYTHON:
                return False
        elif _OTHERWISE & item.methods.keys() or "metaclass" in dict(item.keywords):
            return False
    return True


def _changes_others(flow: Flow, method: FunctionFacts) -> bool:
    """True for a method that may change what it is given, or what its object holds, in place: the
    loop's item may be among that."""
    code = flow.program.code(method)
    if code is None or isinstance(code.node, ast.Module):
        return True
    first = [*code.node.args.posonlyargs, *code.node.args.args][:1]
    own = {item.arg for item in first}
    for item in walk_code(code.node):
        match item:
            case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store()) if name in own:
                pass
            case ast.Attribute(ctx=ast.Store() | ast.Del()):
                return True
            case ast.Subscript(ctx=ast.Store() | ast.Del()):
                return True
            case ast.Call(func=ast.Attribute(attr=name)) if name in containers.MUTATORS:
                return True
            case ast.Call(func=ast.Name(id="setattr" | "delattr" | "vars")):
                return True
    return False


def _validates(method: FunctionFacts) -> bool:
    return any(callees.last(name) in _VALIDATORS for name in method.decorators)


def _is_quiet(flow: Flow, facts: ModuleFacts, method: FunctionFacts, found: _Makers) -> bool:
    """True for a method of which it does not matter when it is called on an object: it calls
    nothing but what its object and its arguments have, and what makes values."""
    if not {"classmethod", "staticmethod"}.isdisjoint(method.decorators):
        return True  # it is called by its name, and followed there
    code = flow.program.code(method)
    if code is None or flow.program.reach.touches(method):
        return False
    bound = assigned_names(code.node) | {
        item.arg for item in walk_code(code.node) if isinstance(item, ast.arg)
    }
    for item in walk_code(code.node):
        match item:
            case ast.Call(func=ast.Constant() | ast.JoinedStr()):
                pass
            case ast.Call(func=func):
                dotted = dotted_name(func) or _root(func)
                if dotted is None:
                    return False
                if dotted.partition(".")[0] not in bound and not _makes(flow, facts, dotted, found):
                    return False
    return True


def _root(node: ast.expr) -> str | None:
    """The name that `rows[0].name.strip` begins with; text for a method of text."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    match node:
        case ast.Name(id=name):
            return name
        case ast.Constant() | ast.JoinedStr():
            return "str"
    return None


def _makes(flow: Flow, facts: ModuleFacts, dotted: str, found: _Makers) -> bool:
    """True for a function that only makes a value of what it is given."""
    full = flow.index.resolve_local(facts, dotted)
    if full is None or flow.index.function(full) is not None:
        return False
    if flow.index.class_(full) is not None:
        return _collect(flow, flow.index.canonical(full), found)
    return full.startswith("builtins.") or elsewhere.is_pure(flow, full)


def _factory(flow: Flow, facts: ModuleFacts, value: ValueFacts, found: _Makers) -> bool:
    """True if what makes the default of a field is known."""
    options = [each for each in _calls(value) if each.keyword("default_factory") is not None]
    for each in options:
        made_by = each.keyword("default_factory")
        assert made_by is not None
        for called in _called(made_by):
            if called is None or not _runs(flow, facts, called, found):
                return False
    return True


def _calls(value: ValueFacts) -> Iterator[Call]:
    for written in (value.value, value.annotation):
        if written is not None:
            yield from (each for each in walk(written) if isinstance(each, Call))


def _called(written: Symbol) -> Iterator[str | None]:
    """The dotted names of what `default_factory=…` calls; None for what has none."""
    match written:
        case Name(dotted=dotted):
            yield dotted
        case Lambda(body=body):
            for each in walk(body):
                if isinstance(each, Call):
                    yield each.func or None
                elif isinstance(each, Other):
                    yield None
        case _:
            yield None


def _runs(flow: Flow, facts: ModuleFacts, dotted: str, found: _Makers) -> bool:
    """True for a function that touches no session, or can be followed."""
    full = flow.index.resolve_local(facts, dotted)
    if full is None:
        return False
    function = flow.index.function(full)
    if function is not None:
        found.functions.setdefault(full, (function, full.rpartition(".")[0]))
        return function.owner is None
    return _makes(flow, facts, dotted, found)


def _type(
    flow: Flow, item: ClassFacts, facts: ModuleFacts, written: Symbol, found: _Makers
) -> bool:
    """True if nothing but what is found runs where pydantic looks at a value of this type."""

    def known(each: Symbol) -> bool:
        return _type(flow, item, facts, each, found)

    match written:
        case Name(dotted=dotted):
            return _named(flow, item, facts, dotted, found)
        case Constant(value=str() as text):
            quoted = annotation(text)
            return not isinstance(quoted, Constant) and known(quoted)
        case Constant():
            return True
        case Subscript(value=Name(dotted=dotted)) if callees.last(dotted) == "Literal":
            return True
        case Subscript(value=Name(dotted=dotted), arguments=(first, *more)) if (
            callees.last(dotted) == "Annotated"
        ):
            return known(first) and all(_metadata(flow, facts, each, found) for each in more)
        case Subscript(value=value, arguments=arguments):
            return known(value) and all(map(known, arguments))
        case Binary(left=left, right=right):
            return known(left) and known(right)
        case Items(elements=elements):
            return all(map(known, elements))
        case Call():
            return _metadata(flow, facts, written, found)
    return False


def _metadata(flow: Flow, facts: ModuleFacts, written: Symbol, found: _Makers) -> bool:
    """True for what stands beside a type in `Annotated[…]` and runs nothing unknown."""
    match written:
        case Constant():
            return True
        case Call(func=func, arguments=arguments) if callees.last(func) in _FUNCTIONAL:
            return all(
                isinstance(each, Name) and _runs(flow, facts, each.dotted, found)
                for each in arguments
            )
        case Call(func=func):
            full = flow.index.resolve_local(facts, func)
            return full is not None and full.partition(".")[0] in _CHECKED
    return False


def _named(flow: Flow, item: ClassFacts, facts: ModuleFacts, dotted: str, found: _Makers) -> bool:
    """True for the name of a type that is known."""
    index = flow.index
    inner = f"{item.full_name}.{dotted}"
    full = inner if index.class_(inner) is not None else index.resolve_local(facts, dotted)
    if full is None or index.function(full) is not None:
        return False
    if index.class_(full) is not None:
        return _collect(flow, index.canonical(full), found)
    alias = index.value(full)
    home = index.by_path.get(alias.place.path) if alias is not None else None
    if alias is not None and home is not None and alias.value is not None:
        if full in found.seen:
            return True
        found.seen.add(full)
        return _type(flow, item, home, alias.value, found)
    return full.partition(".")[0] in _CHECKED
