"""Annotations: what they say of parameters and variables."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm import names, objects, sessions
from codemods.orm.frames import Code, Frame
from codemods.orm.values import (
    ANYTHING,
    ContainerKind,
    Items,
    ModelClass,
    Origin,
    Plain,
    Row,
    Symbol,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from codemods.facts.values import ModuleFacts
    from codemods.orm.flow import Flow
_KINDS = {
    "builtins.int": "int", "builtins.str": "str", "builtins.bool": "bool",
    "builtins.float": "float", "builtins.bytes": "bytes", "decimal.Decimal": "Decimal",
    "datetime.date": "date", "datetime.datetime": "datetime", "datetime.time": "time",
    "datetime.timedelta": "timedelta", "uuid.UUID": "UUID",
}  # fmt: skip
_CONTAINERS: dict[str, ContainerKind] = {
    "list": "list", "List": "list", "Sequence": "list", "MutableSequence": "list",
    "Collection": "list", "set": "set", "Set": "set", "frozenset": "set", "FrozenSet": "set",
    "AbstractSet": "set", "tuple": "tuple", "Iterable": "any", "Iterator": "iterator",
    "Generator": "iterator", "AsyncIterator": "iterator", "KeysView": "view", "deque": "list",
}  # fmt: skip
_MAPPINGS = frozenset({
    "dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "DefaultDict", "OrderedDict",
})  # fmt: skip


def bind_parameters(flow: Flow, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """Give every parameter the value that its annotation promises."""
    arguments = node.args
    everything = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    for parameter in everything:
        flow.env[parameter.arg] = value_of(flow, parameter.annotation, parameter.arg)
    bind_rest(flow, arguments)
    owner = flow.code.owner
    if owner and everything and "staticmethod" not in flow.code.decorators:
        flow.env[everything[0].arg] = receiver_of(flow, owner, class_level(flow.code))


def bind_rest(flow: Flow, arguments: ast.arguments) -> None:
    """What `*args` and `**kwargs` hold."""
    if arguments.vararg:
        flow.env[arguments.vararg.arg] = Items(value_of(flow, arguments.vararg.annotation), "tuple")
    if arguments.kwarg:
        mapped = value_of(flow, arguments.kwarg.annotation)
        flow.env[arguments.kwarg.arg] = Items(Plain("str", False), "dict", mapped)


def class_level(code: Code) -> bool:
    """True for a method whose first argument is the class."""
    return any(name.endswith("classmethod") for name in code.decorators) or (
        code.name.rpartition(".")[2] in ("__new__", "__init_subclass__", "__class_getitem__")
    )


def receiver_of(flow: Flow, owner: str, of_class: bool) -> Value:
    """The first argument of a method of the class `owner`."""
    model = flow.index.model(owner)
    if model is not None:
        return ModelClass(model) if of_class else Row(model, (Origin(None),))
    return Symbol(owner) if of_class else objects.unknown_instance(flow, owner)


def value_of(flow: Flow, node: ast.expr | None, name: str = "session") -> Value:
    """What a value with this annotation is; unknown without one."""
    match node:
        case None:
            return ANYTHING
        case ast.Constant(value=None):
            return Plain(None, True, None)
        case ast.Constant(value=str() as text):
            try:
                return value_of(flow, ast.parse(text, mode="eval").body, name)
            except SyntaxError:
                return ANYTHING
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return optional_of(value_of(flow, left, name), value_of(flow, right, name))
        case ast.Subscript(value=base, slice=inner):
            return generic(flow, base, inner, name)
        case ast.Name() | ast.Attribute():
            return named(flow, node, name)
    return ANYTHING


def named(flow: Flow, node: ast.expr, name: str) -> Value:
    dotted = dotted_name(node)
    value = flow.lookup(dotted) if dotted else ANYTHING
    match value:
        case ModelClass(model=model):
            return Row(model, (Origin(None),))
        case Symbol(full_name=full_name):
            if full_name in _KINDS:
                return Plain(_KINDS[full_name], False)
            if full_name in names.OF_PYTHON:
                return Unknown(plain=True)
            if full_name in names.SYNC_SESSIONS:
                return sessions.of_project(flow, name, False)
            if full_name in names.ASYNC_SESSIONS:
                return sessions.of_project(flow, name, True)
            if factory := flow.index.factories.get(full_name):
                return sessions.of_factory(factory, name)
            last = full_name.rpartition(".")[2]
            if last in _CONTAINERS:
                return Items(ANYTHING, _CONTAINERS[last])
            if last in _MAPPINGS:
                return Items(ANYTHING, "dict", ANYTHING)
            if flow.index.is_enum(full_name):
                return Plain("enum", False)
            if (promised := plain_promise(flow, flow.module, dotted or "")) is not None:
                return promised
            return aliased(flow, dotted or "", name) or objects.annotated(flow, full_name)
    return ANYTHING


def aliased(flow: Flow, written: str, name: str) -> Value | None:
    """What an annotation promises by another name: `OrdersDep = Annotated[Orders, Depends(orders)]`;
    None for one that is no alias."""
    hint = flow.index.hint(flow.module, written)
    if not hint.aliases or hint.wrapper or hint.collection is not None or hint.name is None:
        return None
    if flow.index.resolve_local(hint.facts, hint.name) in (None, *hint.aliases):
        return None
    promised = elsewhere(flow, hint.facts, hint.name, name)
    return optional_of(promised, Plain(None, True, None)) if hint.optional else promised


def plain_promise(flow: Flow, module: ModuleFacts, written: str) -> Value | None:
    """What an annotation of `module` promises where that is plain data, or a list of it: aliases
    and NewTypes are followed."""
    hint = flow.index.hint(module, written)
    if hint.wrapper or hint.name is None:
        return None
    kind = _KINDS.get(flow.index.resolve_local(hint.facts, hint.name) or "")
    if kind is None:
        return None
    if hint.collection is None:
        return Plain(kind, hint.optional)
    container = _CONTAINERS.get(hint.collection)
    return Items(Plain(kind, False), container) if container else None


def elsewhere(flow: Flow, module: ModuleFacts, written: str, name: str = "session") -> Value:
    """What an annotation promises that stands in `module`."""
    frame = Frame(Code(module, flow.program.trees(module.path), ast.Module([], [])), flow.frame)
    with flow.entering(frame):
        return value_of(flow, ast.Constant(written), name)


def generic(flow: Flow, base: ast.expr, inner: ast.expr, name: str) -> Value:
    dotted = dotted_name(base) or ""
    last = dotted.rpartition(".")[2]
    parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    if last == "Optional":
        return optional_of(value_of(flow, parts[0], name), Plain(None, True, None))
    if last == "Union":
        result = value_of(flow, parts[0], name)
        for part in parts[1:]:
            result = optional_of(result, value_of(flow, part, name))
        return result
    if last in ("Annotated", "Final", "ClassVar", "Mapped"):
        return value_of(flow, parts[0], name)
    if last == "Literal":
        values = [part.value if isinstance(part, ast.Constant) else ... for part in parts]
        kinds = {type(value).__name__ for value in values}
        return Plain(kinds.pop(), False) if len(kinds) == 1 and ... not in values else ANYTHING
    if last in ("tuple", "Tuple"):
        if len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is ...:
            return Items(value_of(flow, parts[0]), "tuple")
        return Tuple(tuple(value_of(flow, part) for part in parts))
    if last in _CONTAINERS:
        return Items(value_of(flow, parts[0]), _CONTAINERS[last])
    if last in _MAPPINGS and len(parts) == 2:
        return Items(value_of(flow, parts[0]), "dict", value_of(flow, parts[1]))
    if last in ("scoped_session", "async_scoped_session"):
        return value_of(flow, parts[0], name)
    match flow.lookup(dotted), parts:
        case Symbol(full_name=full_name), _ if full_name in names.OF_PYTHON:
            return Unknown(plain=True)
        case Symbol(full_name=full_name), [ast.Name() | ast.Attribute() as part]:
            found = flow.lookup(dotted_name(part) or "")
            return objects.annotated(
                flow, full_name, found if isinstance(found, ModelClass) else None
            )
    return ANYTHING


def optional_of(left: Value, right: Value) -> Value:
    """`X | None`, or either of two."""
    none = Plain(None, True, None)
    if left == none:
        left, right = right, left
    if right == none:
        match left:
            case Plain(kind=kind):
                return Plain(kind, True)
            case Row():
                return replace(left, optional=True)
        return left
    return left if left == right else Unknown(plain=not (left.tainted or right.tainted))


def refine(value: Value, declared: Value) -> Value:
    """What an annotated variable holds: the container it was made with, the elements promised."""
    match value, declared:
        case Items(element=element), Items() if type(element).__name__ == "Nothing":
            return replace(declared, kind=value.kind) if value.kind != "any" else declared
        case Items(kind="dict"), Items(kind="dict") if type(value.element).__name__ == "Nothing":
            return declared
    return value
