"""The conditions of a query by which a loop's items pick its rows."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm.core_tables import table_of
from codemods.orm.events import Run
from codemods.orm.handed_queries import is_apart
from codemods.orm.keys import KeyPart, loaded_names
from codemods.orm.lookup_shapes import GETS, inner_query
from codemods.orm.names import FUNC
from codemods.orm.query import Predicate, Query
from codemods.orm.values import Items, ModelClass, Row, Symbol, Tuple, Value
from codemods.project.model import Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

# Functions whose value for a row the database can be asked for instead of computing it in Python.
_TEXT_FUNCTIONS = frozenset({"lower", "upper", "trim"})


def key_parts(
    scope: Scope, run: Run, model: Model, names: frozenset[str]
) -> tuple[list[KeyPart], list[ast.AST]]:
    """The equalities with what the loop binds, and other conditions that depend on it."""
    if run.terminal in GETS:
        return _get_parts(run, model, names)
    parts: list[KeyPart] = []
    others: list[ast.AST] = []
    lists: list[ast.AST] = []
    query = inner_query(run.query)
    for predicate in query.predicates:
        given = predicate.given or predicate.node
        if not (loaded_names(predicate.node) | loaded_names(given)) & names:
            continue
        if is_apart(scope, run, predicate.node, names):
            continue
        if isinstance(given, ast.Name) and given is not predicate.node:
            # the condition has a name of the loop, which means nothing before it
            others.append(given)
            continue
        operand = predicate.of_table.operand if predicate.of_table else predicate.operand
        asked = operand is not None and loaded_names(operand) & names
        part = asked and _part(scope, predicate, model, query)
        if part:
            parts.append(part)
        else:
            (lists if predicate.operator == "in" else others).append(predicate.node)
    selected = [e.node for e in query.entities if query.related is None]
    others += [node for node in selected if loaded_names(node) & names]
    outside = [c for c in query.calls if c.method not in ("filter", "where", "filter_by")]
    for call in outside:
        arguments = [*call.node.args, *(k.value for k in call.node.keywords)]
        if any(loaded_names(a) & names for a in arguments):
            others.append(call.node)
    # a list of keys alone is asked for at once already
    return parts, [*others, *lists] if parts or others else others


def _is_joined(model: Model, predicate: Predicate, query: Query) -> bool:
    """True if the condition names a column of a table that the query joins."""
    joined = {table.full_name for value in query.joins if (table := table_of(value))}
    tables = joined | (query.tables or frozenset())
    named = isinstance(predicate.node, ast.Compare) and predicate.keyword is None
    inner = query.joins_other_tables and not query.joins_outer
    return named and inner and model.full_name in tables


def _part(scope: Scope, predicate: Predicate, model: Model, query: Query) -> KeyPart | None:
    if (related := query.related) is not None and predicate.node is related.node:
        if related.column is None or related.problem is not None:
            return None
        keyed = related.step.model if related.through else model
        operand = related.node.value
        return KeyPart(keyed, related.column, operand, related.row, predicate, related.key)
    if (equality := predicate.of_table) is not None:
        if equality.model is not model and not _is_joined(equality.model, predicate, query):
            return None
        return KeyPart(equality.model, equality.column, equality.operand, equality.value, predicate)
    if predicate.column is None and predicate.relationship is None:
        return _computed_part(scope, predicate, model)
    if predicate.operator != "==" or predicate.operand is None or predicate.alias is not None:
        return None
    if predicate.model is None or predicate.value is None:
        return None
    if predicate.model is not model and not _is_joined(predicate.model, predicate, query):
        return None
    if predicate.column is not None:
        return KeyPart(
            predicate.model, predicate.column, predicate.operand, predicate.value, predicate,
            predicate.attribute,
        )  # fmt: skip
    if predicate.model is not model:
        return None
    reference = predicate.relationship
    if reference is None or not isinstance(predicate.value, Row):
        return None
    relationship = reference.relationship
    target = predicate.value.model
    column = model.columns.get(relationship.keys[0]) if len(relationship.keys) == 1 else None
    if column is None or relationship.custom_join or len(target.primary_key) != 1:
        return None
    if predicate.value.new or predicate.value.optional:
        return None
    if relationship.direction != "many-to-one" or not column.foreign_key:
        return None
    attribute = target.primary_key[0]
    stored = target.columns[attribute].column_name or attribute
    if column.foreign_key != f"{target.table}.{stored}":
        return None
    return KeyPart(model, column, predicate.operand, predicate.value, predicate, attribute)


def _computed_part(scope: Scope, predicate: Predicate, model: Model) -> KeyPart | None:
    """`func.lower(User.email) == email.lower()`: the database says what the key of a row is."""
    operand = predicate.operand
    if predicate.operator != "==" or operand is None or predicate.value is None:
        return None
    match predicate.node:
        case ast.Compare(left=left, comparators=[right]):
            side = right if left is operand else left
        case _:
            return None
    match side:
        case ast.Call(func=function, args=[ast.Attribute(value=ast.Name(id=name)) as read]):
            called = scope.flow.lookup(dotted_name(function) or "")
        case _:
            return None
    prefix, _, last = called.full_name.rpartition(".") if isinstance(called, Symbol) else ("",) * 3
    match scope.flow.lookup(name):
        case ModelClass(model=found, alias=None) if found is model:
            column = model.columns.get(read.attr)
            if prefix in FUNC and last in _TEXT_FUNCTIONS and column and column.python == "str":
                return KeyPart(model, column, operand, predicate.value, predicate, computed=side)
    return None


def _get_parts(
    run: Run, model: Model, names: frozenset[str]
) -> tuple[list[KeyPart], list[ast.AST]]:
    node = run.node
    if not isinstance(node, ast.Call) or any(k.arg != "description" for k in node.keywords):
        return [], []
    arguments = node.args[1:] if run.query.style == "select" or run.sent_whole else node.args
    if len(arguments) != 1 or len(run.arguments) != 1:
        return [], []
    if not loaded_names(arguments[0]) & names:
        return [], []
    if len(model.primary_key) != 1 or isinstance(arguments[0], ast.Tuple | ast.Dict):
        several = _key_of_several(model, arguments[0], run.arguments[0])
        return (several, []) if several else ([], [arguments[0]])
    column = model.columns[model.primary_key[0]]
    return [KeyPart(model, column, arguments[0], run.arguments[0])], []


def _key_of_several(model: Model, key: ast.expr, value: Value) -> list[KeyPart]:
    """The columns that `get((order_id, position))` asks for; none where it is not seen which."""
    given: dict[str, tuple[ast.expr, Value]] = {}
    match key, value:
        case ast.Tuple(elts=nodes), Tuple(elements=values) if len(nodes) == len(values):
            if len(nodes) == len(model.key_order):
                given = dict(zip(model.key_order, zip(nodes, values, strict=True), strict=True))
        case ast.Dict(keys=names, values=nodes), Items(named=known):
            held = dict(known)
            for name, node in zip(names, nodes, strict=True):
                if not isinstance(name, ast.Constant) or name.value not in held:
                    return []
                given[name.value] = node, held[name.value]
    if set(given) != set(model.primary_key):
        return []
    return [KeyPart(model, model.columns[name], *given[name]) for name in model.primary_key]
