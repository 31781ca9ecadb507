"""Attributes: of rows, of mapped classes, of whatever else has a name; and what sets them."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm import (
    callees,
    calls,
    containers,
    core_tables,
    dynamic,
    elsewhere,
    kept_sessions,
    mappers,
    objects,
    protocols,
    restless,
    sql,
)
from codemods.orm.choices import Property
from codemods.orm.events import Act, ColumnRead, Read
from codemods.orm.instances import Instance, Super
from codemods.orm.query import Query
from codemods.orm.values import (
    ANYTHING,
    DATA,
    Bound,
    Cell,
    ColumnRef,
    Condition,
    Items,
    ModelClass,
    Nothing,
    Plain,
    RelationshipRef,
    Result,
    Row,
    Session,
    Step,
    Symbol,
    Tuple,
    Unknown,
    Value,
    join,
    partly,
)

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.project.model import Attribute, Model, Relationship


def attribute(flow: Flow, node: ast.expr, owner: Value, name: str) -> Value:
    """`owner.name`, read at `node`."""
    match owner:
        case Row():
            return row_attribute(flow, node, owner, name)
        case ModelClass(model=model, alias=alias):
            return class_attribute(flow, node, model, alias, name)
        case Bound(receiver=Row() as row, name="awaitable_attrs"):
            return row_attribute(flow, node, row, name)
        case Instance():
            return objects.attribute(flow, node, owner, name)
        case Super():
            return Bound(owner, name)
        case Symbol(full_name=full_name):
            found = calls.session_attribute(flow, full_name, name)
            found = found or core_tables.attribute(owner, name)
            found = found or objects.class_attribute(flow, full_name, name)
            return found or flow.named(f"{full_name}.{name}")
        case Session() if name == "identity_map":
            flow.effect(Act.CALL, node, callee="Session.identity_map", target=owner)
            return ANYTHING
        case ColumnRef() | RelationshipRef() | Condition() | Query() | Result() | Session():
            return Bound(owner, name)
        case Tuple() if (selected := owner.named(name)) is not None:
            return selected
        case mappers.Mapper() | mappers.Properties() | Property() | Bound(name="__class__"):
            return described(flow, node, owner, name)
        case Items() | Tuple():
            if (
                flow.code.renderer is not None
                and isinstance(owner, Items)
                and owner.kind == "dict"
                and (held := containers.named_item(owner, name)) is not None
            ):
                # in a template the attribute of a dict is what it has under the name
                return Bound(owner, name) if name in _OF_DICTS else held
            if name == "items" and isinstance(owner, Items) and owner.kind == "any" and owner.run:
                return replace(owner, kind="list")
            return Bound(owner, name)
        case Plain() | Cell():
            return Plain() if name in _DATA_ATTRIBUTES else Bound(owner, name)
        case Unknown():
            return restless.read(flow, node, owner, name)
    return Bound(owner, name) if owner.tainted else Unknown(plain=True)


def described(flow: Flow, node: ast.expr, owner: Value, name: str) -> Value:
    """An attribute of a mapper, of what is in one, or of the class of a row."""
    if (found := mappers.attribute(owner, name)) is not None:
        return found
    if isinstance(owner, mappers.Mapper) and owner.row and name in mappers.LOADED:
        flow.effect(Act.SHOW, node, target=owner.row)
    if owner.tainted and not isinstance(owner, Bound):
        flow.effect(Act.CALL, node, callee=f"inspect().{name}", receives=True)
        return ANYTHING
    return Bound(owner, name)


_OF_DICTS = frozenset(vars(dict))
_DATA_ATTRIBUTES = frozenset({
    "year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "days",
    "seconds", "value", "name", "real", "imag", "hex", "int",
})  # fmt: skip


def row_attribute(flow: Flow, node: ast.expr, row: Row, name: str) -> Value:
    """An attribute of a mapped instance: a relationship is a read, a property a call."""
    model = row.model
    if column := model.columns.get(name):
        if column.deferred or any(o.run and o.run.query.narrowed for o in row.origins):
            flow.emit(ColumnRead, node, row=row, column=column)
        if column.expression or column.deferred:
            return DATA
        return Cell(model, column, row)
    if relationship := model.relationships.get(name):
        return read(flow, node, row, model, relationship)
    if name == "awaitable_attrs":
        return Bound(row, name)
    if name == "__mapper__":
        return mappers.Mapper(model)
    other = model.others.get(name)
    match other.kind if other else None:
        case "method" | "classmethod" | "staticmethod" | "hybrid-method":
            return Bound(row, name)
        case "constant":
            return DATA
        case "association-proxy":
            return proxied(flow, node, row, other.detail if other else None)
        case "property" | "hybrid" | "unknown" if other and other.function:
            return property_of(flow, node, row, other)
        case "property" | "hybrid" | "validator" | "unknown":
            flow.effect(Act.CALL, node, callee=f"{model.name}.{name}", target=row)
            return ANYTHING
    if name == "__dict__":
        # what has been loaded can be seen there
        flow.effect(Act.SHOW, node, target=row)
        flow.effect(Act.CALL, node, callee=f"{model.name}.__dict__", target=row)
    if name in _ROW_METHODS or name.startswith("__"):
        return Bound(row, name)
    if not model.complete:
        flow.effect(Act.CALL, node, callee=f"{model.name}.{name}", target=row)
    return ANYTHING


def property_of(flow: Flow, node: ast.expr, row: Row, other: Attribute) -> Value:
    """What reading a property does and gives."""
    value = method_of(flow, node, row, other)
    if value is not None:
        return value
    flow.effect(Act.CALL, node, callee=f"{row.model.name}.{other.name}", target=row)
    return ANYTHING


def method_of(flow: Flow, node: ast.expr, row: Row, other: Attribute) -> Value | None:
    """What a method of a row does and returns that takes no argument; None if unknown."""
    facts = flow.index.function(other.function) if other.function else None
    return None if facts is None else callees.invoke(flow, node, facts, callees.Arguments(), row)


_ROW_METHODS = frozenset({"metadata", "registry", "query"})
_PROPERTIES = frozenset({"property", "cached_property", "reify"})
_OF_CLASSES = frozenset({"classproperty", "class_property", "cached_classproperty"})


def read(
    flow: Flow,
    node: ast.expr,
    row: Row,
    model: Model,
    relationship: Relationship,
    awaited: bool = False,
    reload: bool = False,
) -> Value:
    """The related row or rows of `row`, and the load that this may be."""
    step = Step(model, relationship)
    target = flow.index.model(relationship.target) if relationship.target else None
    if relationship.lazy in ("dynamic", "write_only"):
        return dynamic.collection(flow, node, row, step, target)
    flow.emit(
        Read, node, row=row, step=step, awaited=awaited, reload=reload,
        no_autoflush=flow.no_autoflush > 0,
    )  # fmt: skip
    if target is None:
        return ANYTHING
    origins = tuple(origin.step(step) for origin in row.origins)
    if relationship.uselist is None:
        return ANYTHING
    if relationship.uselist:
        return Items(Row(target, origins), "list", collection=step)
    nullable = not relationship.keys or any(
        model.columns[key].nullable for key in relationship.keys if key in model.columns
    )
    return Row(target, origins, optional=nullable)


def proxied(flow: Flow, node: ast.expr, row: Row, detail: str | None) -> Value:
    """An association proxy, as the relationship and the attribute that it goes through."""
    first, _, second = (detail or "").partition(".")
    relationship = row.model.relationships.get(first)
    if relationship is None or not second:
        flow.effect(Act.CALL, node, callee=f"{row.model.name}.{first}", target=row)
        return ANYTHING
    through = read(flow, node, row, row.model, relationship)
    match through:
        case Items(element=Row() as element):
            with flow.looping(
                ast.comprehension(ast.Name("_"), node, [], 0), node, node, through
            ) as loop:
                value = row_attribute(flow, node, element.through(loop), second)
            return Items(value, "list", collection=through.collection)
        case Row():
            return row_attribute(flow, node, through, second)
    return ANYTHING


def class_attribute(
    flow: Flow, node: ast.expr, model: Model, alias: str | None, name: str
) -> Value:
    """An attribute of a mapped class: a part of SQL, or its query."""
    if column := model.columns.get(name):
        return ColumnRef(model, column, alias)
    if relationship := model.relationships.get(name):
        return RelationshipRef(model, relationship, alias)
    if name == "query" and name not in model.others:
        return sql.model_query(flow, node, model)
    other = model.others.get(name)
    if (
        name == "query"
        and other
        and other.kind in ("unknown", "property", "classmethod", "constant")
    ):
        return sql.model_query(flow, node, model)
    if name == "__mapper__":
        return mappers.Mapper(model)
    if name in ("metadata", "__table__"):
        return Condition(node, (model,))
    if (given := computed(flow, node, ModelClass(model, alias), name)) is not None:
        return given
    if other and other.kind not in ("method", "classmethod", "staticmethod", "hybrid-method"):
        return flow.named(f"{model.full_name}.{name}")
    return Bound(ModelClass(model), name)


def computed(flow: Flow, node: ast.expr, owner: ModelClass, name: str) -> Value | None:
    """What a property of the class itself gives: one of its metaclass, or a `classproperty`."""
    facts, marks = flow.index.of_metaclass(owner.model.full_name, name), _PROPERTIES
    if facts is None:
        other = owner.model.others.get(name)
        facts = flow.index.function(other.function) if other and other.function else None
        marks = _OF_CLASSES
    if facts is None or not any(mark.rpartition(".")[2] in marks for mark in facts.decorators):
        return None
    return callees.invoke(flow, node, facts, callees.Arguments(), owner)


def made(flow: Flow, target: ast.expr) -> Value | None:
    """What `find(key)` of `find(key).uses += 1` gives, which is called once; None for a target that
    may be evaluated twice."""
    if isinstance(target, ast.Attribute) and dotted_name(target) is None:
        return flow.ev(target.value)
    return None


def set_attribute(
    flow: Flow,
    target: ast.Attribute,
    value: Value,
    source: ast.expr | None,
    owner: Value | None = None,
) -> None:
    """`owner.name = value`.

    Args:
        owner: what has the attribute, where that has been evaluated.
    """
    owner = flow.ev(target.value) if owner is None else owner
    if not isinstance(owner, Row | Instance | Session):
        kept_sessions.kept(flow, target.value, value)
    match owner:
        case Row(model=model):
            flow.effect(
                Act.SET, target, model=model, attribute=target.attr, target=owner, value=value,
                source=source,
            )  # fmt: skip
            _run_setter(flow, target, owner, value)
            if dotted := dotted_name(target):
                flow.env.pop(dotted, None)
                relationship = model.relationships.get(target.attr)
                if relationship is not None and relationship.to_one:
                    # What is assigned is at hand: reading it again sends nothing.
                    flow.remember(dotted, value)
        case Instance():
            objects.set_attribute(flow, target, owner, target.attr, value)
        case Session() if dotted := dotted_name(target.value):
            flow.remember(dotted, with_option(owner, target.attr, value))
            if target.attr not in _OPTIONS:
                flow.effect(Act.CALL, target, callee=ast.unparse(target), target=owner)
        case Unknown(outside=True):
            elsewhere.may_keep(flow, target.value, value)
        case Unknown(plain=False):
            if dotted := dotted_name(target):
                flow.remember(dotted, value)
            if not (isinstance(target.value, ast.Name) and target.value.id in ("self", "cls")):
                flow.effect(
                    Act.SET, target, attribute=target.attr, target=owner, value=value, source=source
                )


_OPTIONS = frozenset({"autoflush", "expire_on_commit"})


def with_option(session: Session, name: str, value: Value) -> Session:
    """The session after `session.autoflush = False`."""
    constant = value.constant if isinstance(value, Plain) else None
    known = constant if isinstance(constant, bool) else None
    match name:
        case "autoflush":
            return replace(session, autoflush=known)
        case "expire_on_commit":
            return replace(session, expire_on_commit=known)
    return session


def _run_setter(flow: Flow, target: ast.Attribute, row: Row, value: Value) -> None:
    """What assigning to a property does."""
    other = row.model.others.get(target.attr)
    if other is None or other.kind not in ("property", "hybrid", "unknown"):
        return
    setter = flow.index.function(f"{other.function}.setter")
    done = setter and callees.invoke(flow, target, setter, callees.Arguments((value,)), row)
    if done is None:
        flow.effect(Act.CALL, target, callee=f"{row.model.name}.{other.name}", target=row)


def set_item(
    flow: Flow, container: ast.expr, index: ast.expr, value: Value, source: ast.expr | None
) -> None:
    """`container[index] = value`."""
    if source is not None:
        flow.keywords[source] = value
    owner = flow.ev(container)
    key = flow.ev(index)
    dotted = dotted_name(container)
    if not isinstance(owner, Items | Row | Instance | Session):
        kept_sessions.kept(flow, container, value)
    if isinstance(owner, Items):
        containers.replaced(flow, container, owner, value)
    match owner:
        case Items(kind="dict", element=element, mapped=mapped):
            grown: Value = replace(
                owner,
                element=key if isinstance(element, Nothing) else join(element, key),
                mapped=(
                    value if mapped is None or isinstance(mapped, Nothing) else join(mapped, value)
                ),
                limit=None,
                named=containers.with_name(owner, key, value),
            )
            if dotted:
                flow.env[dotted] = partly(grown) if flow.skipping else grown
        case Items(element=element) if dotted:
            flow.env[dotted] = replace(owner, element=join(element, value), run=None)
        case Row(model=model):
            flow.effect(Act.SET, container, model=model, target=owner, value=value)
            protocols.used(flow, container, owner, "__setitem__")
        case Instance():
            protocols.used(flow, container, owner, "__setitem__")
        case Unknown(outside=True):
            elsewhere.may_keep(flow, container, value)


def delete(flow: Flow, target: ast.Attribute | ast.Subscript) -> None:
    """`del owner.name`, `del container[index]`."""
    owner = flow.ev(target.value)
    if isinstance(target, ast.Subscript):
        flow.ev(target.slice)
        protocols.used(flow, target, owner, "__delitem__")
        if isinstance(owner, Items):
            containers.replaced(flow, target.value, owner)
    if isinstance(owner, Items) and (dotted := dotted_name(target.value)):
        flow.env[dotted] = partly(owner)
    if isinstance(owner, Row):
        attribute = target.attr if isinstance(target, ast.Attribute) else None
        flow.effect(Act.SET, target, model=owner.model, attribute=attribute, target=owner)
