"""SQL expressions and queries, as Python code builds them."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.orm import loaders, names
from codemods.orm.core_tables import CoreColumn
from codemods.orm.handed_conditions import each_condition
from codemods.orm.query import (
    Aggregate,
    Conjunction,
    Entity,
    Loader,
    Ordering,
    Predicate,
    Query,
    TableEquality,
    conditions,
    models_of,
)
from codemods.orm.values import (
    ANYTHING,
    Bound,
    Cell,
    ColumnRef,
    Condition,
    ModelClass,
    Plain,
    RelationshipRef,
    Session,
    Value,
)

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.project.model import Model

_SQL = (
    ColumnRef, CoreColumn, RelationshipRef, Condition, Predicate, Conjunction, Aggregate, Ordering,
)  # fmt: skip
_OPERATORS = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def is_sql(value: Value) -> bool:
    """True for what is a part of a SQL statement, not a Python value."""
    return isinstance(value, _SQL) or (isinstance(value, Bound) and is_sql(value.receiver))


def compared(flow: Flow, node: ast.Compare, values: list[Value]) -> Value:
    """`Order.id == x` and the like."""
    models = tuple(dict.fromkeys(model for value in values for model in models_of(value)))
    if len(values) != 2 or type(node.ops[0]) not in _OPERATORS:
        return Predicate(node, models=models)
    operator = _OPERATORS[type(node.ops[0])]
    left, right = values
    left_node, right_node = node.left, node.comparators[0]
    if not isinstance(left, ColumnRef | RelationshipRef):
        left, right = right, left
        left_node, right_node = right_node, left_node
        operator = _MIRRORED.get(operator, operator)
    match left:
        case ColumnRef(model=model, column=column, alias=alias):
            return Predicate(
                node, model, column, operator, right_node, right, alias=alias, models=models
            )
        case RelationshipRef(model=model) as reference:
            return Predicate(
                node, model, None, operator, right_node, right, relationship=reference,
                alias=reference.alias, models=models,
            )  # fmt: skip
    for side, other_node, other in ((left, right_node, right), (right, left_node, left)):
        if is_sql(other):
            continue
        match side:
            case CoreColumn(model=model, column=column) if operator == "==":
                equality = TableEquality(model, column, other_node, other)
                return Predicate(node, models=models, of_table=equality)
            case Condition():
                return Predicate(node, None, None, operator, other_node, other, models=models)
    return Predicate(node, models=models)


def combined(node: ast.BinOp, left: Value, right: Value) -> Value:
    """`a & b`, `a | b`, arithmetic on columns."""
    if isinstance(node.op, ast.BitAnd):
        return Conjunction((*conditions(left, node.left), *conditions(right, node.right)))
    models = tuple(dict.fromkeys((*models_of(left), *models_of(right))))
    if isinstance(node.op, ast.BitOr):
        return Predicate(node, models=models)
    return Condition(node, models)


def negated(node: ast.UnaryOp, operand: Value) -> Value:
    """`~condition` and `-column`."""
    if isinstance(node.op, ast.Invert):
        return Predicate(node, models=models_of(operand))
    return Condition(node, models_of(operand))


def method(flow: Flow, node: ast.Call, receiver: Value, name: str, arguments: list[Value]) -> Value:
    """A method of a column, a relationship, a condition or a loader."""
    models = tuple(dict.fromkeys(m for v in (receiver, *arguments) for m in models_of(v)))
    match receiver, name:
        case ColumnRef(model=model, column=column, alias=alias), "in_" if arguments:
            return Predicate(
                node, model, column, "in", node.args[0], arguments[0], alias=alias, models=models
            )
        case ColumnRef(model=model, column=column, alias=alias), "is_" if arguments:
            return Predicate(
                node, model, column, "is", node.args[0], arguments[0], alias=alias, models=models
            )
        case ColumnRef(model=model, column=column), "asc" | "desc":
            return Ordering(node, model, column, name == "desc")
        case Ordering(), "nulls_first" | "nulls_last" | "nullsfirst" | "nullslast":
            return Ordering(node)
        case ColumnRef(), "distinct" if isinstance(node.func, ast.Attribute):
            return Aggregate("distinct", node, receiver, node.func.value)
        case ColumnRef() | CoreColumn() | Aggregate(), "label":
            return receiver
        case Aggregate(), "filter":
            return replace(receiver, filtered=True)
        case (ColumnRef() | RelationshipRef() | Condition()), (
            "asc" | "desc" | "label" | "cast" | "collate" | "op" | "over" | "filter"
        ):
            return Condition(node, models)
    return Predicate(node, models=models)


def library(flow: Flow, node: ast.Call, full_name: str, arguments: list[Value]) -> Value | None:
    """A call of a function of SQLAlchemy; None if it is not one that makes SQL."""
    if full_name == "sqlmodel.col" and arguments:
        return arguments[0]
    if full_name.startswith("sqlmodel."):
        full_name = f"sqlalchemy.{full_name[9:]}"
    if not full_name.startswith("sqlalchemy."):
        return None
    if full_name in names.SELECT:
        return select(flow, node, arguments)
    if full_name in names.ALIASED and arguments and isinstance(arguments[0], ModelClass):
        return ModelClass(arguments[0].model, ast.unparse(node))
    if full_name in names.LOADER_NAMES:
        return loaders.loader(node, names.LOADER_NAMES[full_name], arguments, None)
    if full_name in names.LOAD:
        return Loader(node, (), ())
    if full_name in names.AND:
        return Conjunction(
            tuple(p for v, n in zip(arguments, node.args, strict=False) for p in conditions(v, n))
        )
    models = tuple(dict.fromkeys(model for value in arguments for model in models_of(value)))
    if full_name in names.DISTINCT and arguments:
        return Aggregate("distinct", node, arguments[0], node.args[0])
    if full_name in names.EXISTS:
        base = select(flow, node, arguments)
        return replace(base, kind="exists")
    if full_name in names.DML:
        return Query("select", tuple(map(Entity, arguments, node.args)), (node,), node, kind="dml")
    if full_name in names.TEXT:
        return Query("select", (), (node,), node, kind="text")
    prefix, _, last = full_name.rpartition(".")
    if prefix in names.FUNC:
        return aggregate(node, last, arguments)
    if last in _EXPRESSIONS:
        if last in ("or_", "not_"):
            return Predicate(node, models=models)
        if last in ("asc", "desc") and arguments and isinstance(arguments[0], ColumnRef):
            return Ordering(node, arguments[0].model, arguments[0].column, last == "desc")
        return Condition(node, models)
    return None


_EXPRESSIONS = frozenset({
    "or_", "not_", "case", "cast", "literal", "literal_column", "asc", "desc", "nullslast",
    "nullsfirst", "nulls_last", "nulls_first", "extract", "tuple_", "type_coerce", "null", "true",
    "false", "between", "collate", "bindparam", "column", "table", "over", "within_group",
    "any_", "all_", "values", "lateral", "union", "union_all", "intersect", "except_",
})  # fmt: skip


def aggregate(node: ast.Call, function: str, arguments: list[Value]) -> Value:
    """`func.count(…)`; functions that are no aggregates are conditions."""
    if function == "distinct" and len(arguments) == 1:
        return Aggregate(function, node, arguments[0], node.args[0])
    if function == "coalesce" and len(arguments) == 2 and isinstance(arguments[1], Plain):
        inner = arguments[0]
        if isinstance(inner, Aggregate) and inner.function != "distinct":
            return replace(inner, node=node)
    if function not in ("count", "sum", "min", "max", "avg"):
        return Condition(node, tuple(m for value in arguments for m in models_of(value)))
    if not arguments:
        return Aggregate(function, node)
    argument, argument_node = arguments[0], node.args[0]
    if isinstance(argument, Aggregate) and argument.function == "distinct":
        return Aggregate(function, node, argument.argument, argument.argument_node, True)
    return Aggregate(function, node, argument, argument_node)


# Queries ----------------------------------------------------------------------------------


def entity(value: Value, node: ast.expr) -> Entity:
    return Entity(value, node)


def select(flow: Flow, node: ast.Call, arguments: list[Value]) -> Query:
    """`select(Order)`, and 1.3's `select([Order.id])`."""
    nodes: list[ast.expr] = list(node.args)
    if len(nodes) == 1 and isinstance(nodes[0], ast.List | ast.Tuple):
        nodes = list(nodes[0].elts)
        arguments = [flow.ev(item) for item in nodes]
    understood = not any(isinstance(item, ast.Starred) for item in nodes)
    predicates: tuple[Predicate, ...] = ()
    return Query(
        "select",
        tuple(map(Entity, arguments, nodes)),
        (node,),
        node,
        predicates=predicates,
        understood=understood,
    )


def unseen(node: ast.Call, made: ModelClass) -> Query:
    """`Order.select(user)` of a base class of another package: a statement for rows of the class,
    with conditions that nobody sees."""
    owner = node.func.value if isinstance(node.func, ast.Attribute) else node
    return Query("select", (Entity(made, owner),), (node,), node, understood=False)


def tells_its_rows(query: Query) -> bool:
    """True if what a query returns is what it is seen to select, whatever its conditions are."""
    return query.understood or (
        all(call.method in names.BUILDERS for call in query.calls)
        and not any(isinstance(entity.node, ast.Starred) for entity in query.entities)
    )


def by_key(node: ast.Call, entity: Value, session: Session) -> Query:
    """What `session.get(model, key)` asks for a class that is not known."""
    return Query("select", (Entity(entity, node.args[0]),), (node,), node, session)


def session_query(
    flow: Flow, node: ast.Call, session: Session, session_node: ast.expr, arguments: list[Value]
) -> Query:
    """`session.query(…)`."""
    understood = not any(isinstance(item, ast.Starred) for item in node.args)
    if not arguments:
        understood = False
    return Query(
        "legacy",
        tuple(map(Entity, arguments, node.args)),
        (node,),
        node,
        session,
        session_node,
        understood=understood,
        made_by=flow.index.query_class,
    )


def model_query(flow: Flow, node: ast.expr, model: Model) -> Query:
    """`Order.query`, of a scoped session."""
    session = Session(key="scoped", shared=True)
    shared = [f for f in flow.index.factories.values() if f.scoped and not f.test]
    flags = {(f.autoflush, f.expire_on_commit) for f in shared}
    if len(flags) == 1:
        autoflush, expire = next(iter(flags))
        session = replace(session, autoflush=autoflush, expire_on_commit=expire, asynchronous=False)
    owner = node.value if isinstance(node, ast.Attribute) else node
    return Query(
        "legacy",
        (Entity(ModelClass(model), owner),),
        (node,),
        node,
        session,
        None,
        understood=not model.custom_query,
        made_by=None if model.custom_query else model.query_class,
    )


def build(flow: Flow, node: ast.Call, query: Query, name: str, arguments: list[Value]) -> Query:
    """The query after one more building method."""
    built = query.called(name, node)
    args = list(zip(arguments, node.args, strict=False))
    match name:
        case "filter" | "where" | "having":
            args = list(each_condition(flow, args))
            starred = any(isinstance(item, ast.Starred) for _, item in args)
            found = tuple(p for value, item in args for p in conditions(value, item))
            if starred or name == "having":
                found = (*found, Predicate(node))
            return replace(built, predicates=(*query.predicates, *found))
        case "filter_by":
            return replace(
                built, predicates=(*query.predicates, *keyword_predicates(flow, node, query))
            )
        case "order_by":
            terms = tuple(ordering(value, item) for value, item in args)
            if args and isinstance(args[0][0], Plain) and args[0][0].constant is None:
                return replace(built, orderings=())
            return replace(built, orderings=(*query.orderings, *terms))
        case "options":
            given = tuple(
                loaders.resolved(flow, value, query.model) if isinstance(value, Loader) else None
                for value in loaders.given(flow, args)
            )
            return replace(
                built,
                loaders=(*query.loaders, *given),
                option_calls=(*query.option_calls, node),
            )
        case "join" | "outerjoin" | "select_from" | "join_from" | "outerjoin_from":
            values = tuple(value for value, _ in args)
            return replace(built, joins=(*query.joins, *values))
        case "limit":
            match arguments:
                case [Plain(constant=int() as count)]:
                    return replace(built, limit=count)
            return replace(built, limit=None)
        case "with_entities" | "with_only_columns":
            return replace(built, entities=tuple(Entity(value, item) for value, item in args))
        case "add_columns" | "add_column" | "add_entity":
            more = tuple(Entity(value, item) for value, item in args)
            return replace(built, entities=(*query.entities, *more))
    return replace(built, understood=query.understood and name in names.BUILDERS)


def keyword_predicates(flow: Flow, node: ast.Call, query: Query) -> tuple[Predicate, ...]:
    """The conditions of `filter_by(id=x)`, on the entity that it filters."""
    found = []
    last = next((v.model for v in reversed(query.joins) if isinstance(v, ModelClass)), None)
    first = query.entities[0].value if query.entities else ANYTHING
    model = last
    if model is None and not query.joins:
        match first:
            case ModelClass(model=m) | ColumnRef(model=m) | Aggregate(argument=ColumnRef(model=m)):
                model = m
    for keyword in node.keywords:
        value = flow.keywords.get(keyword.value, ANYTHING)
        column = model.columns.get(keyword.arg or "") if model else None
        relationship = model.relationships.get(keyword.arg or "") if model else None
        if model is not None and column is not None:
            found.append(
                Predicate(
                    keyword.value, model, column, "==", keyword.value, value, keyword=keyword,
                    models=(model,),
                )
            )  # fmt: skip
        elif model is not None and relationship is not None:
            found.append(
                Predicate(
                    keyword.value, model, None, "==", keyword.value, value, keyword=keyword,
                    relationship=RelationshipRef(model, relationship), models=(model,),
                )
            )  # fmt: skip
        else:
            models = (model,) if model else ()
            found.append(Predicate(keyword.value, keyword=keyword, models=models))
    return tuple(found)


def ordering(value: Value, node: ast.expr) -> Ordering:
    match value:
        case Ordering():
            return value
        case ColumnRef(model=model, column=column):
            return Ordering(node, model, column)
    return Ordering(node)


def result_cell(value: Value) -> Value:
    """What a selected entity is in a row of the result."""
    match value:
        case ColumnRef(model=model, column=column):
            return Cell(model, column)
        case Aggregate(function="count"):
            return Plain("int", False)
        case Aggregate() | Condition() | Predicate():
            return Plain()
    return ANYTHING
