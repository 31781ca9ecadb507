"""Whether the database counts the rows that a program gets, and as it gets them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition
from codemods.orm.preconditions import proven, query_hook, refuted, unknown
from codemods.orm.query import Loader, Predicate, Query
from codemods.orm.terms import is_known
from codemods.orm.values import ColumnRef, ModelClass, RelationshipRef, Value
from codemods.project.model import Model, Relationship

if TYPE_CHECKING:
    from codemods.orm.events import Event, Run
    from codemods.orm.row_lists import RowList
    from codemods.orm.scope import Scope
    from codemods.project.index import ProjectIndex

# Steps of a query that are the same inside of a count or an EXISTS.
STEPS = frozenset({
    "filter", "where", "filter_by", "order_by", "options", "join", "outerjoin", "limit", "offset",
    "distinct", "with_entities", "group_by", "having", "add_columns", "add_column", "add_entity",
    "select_from",
})  # fmt: skip
_JOINED = ("join", "outerjoin", "select_from")
REPEATED = "rows-not-repeated"
FILTERED = "same-rows"
HEARD = "loading-unheard"
EXISTS = "database-takes-it"

# These take an EXISTS in a WHERE only, and not among the columns of a SELECT.
_WITHOUT_EXISTS = {"mssql": "SQL Server", "oracle": "Oracle"}


def masked(index: ProjectIndex, model: Model) -> bool:
    """True if a class below has a property of its own in the place of a column, so that some rows
    give something else than what the table holds."""
    below = (index.class_(name) for name in model.children)
    return any(item is not None and model.columns.keys() & item.methods.keys() for item in below)


def understood(query: Query) -> bool:
    """True if each step of a query does the same in a subquery, and nothing besides."""
    return (
        query.understood
        and bool(query.entities)
        and all(call.method in STEPS for call in query.calls)
        and all(models_selected(query) or isinstance(e.value, ColumnRef) for e in query.entities)
    )


def models_selected(query: Query) -> tuple[Model, ...]:
    """The mapped classes that a query selects as a whole."""
    return tuple(entity.model for entity in query.entities if entity.model is not None)


def may_be_none(query: Query) -> bool:
    """True if an outer join may give None in the place of a row."""
    outer = [
        call.node
        for call in query.calls
        if call.method == "outerjoin"
        or any(k.arg in ("isouter", "full") for k in call.node.keywords)
    ]
    if not outer:
        return False
    if query.has("select_from") or any(k.arg == "full" for node in outer for k in node.keywords):
        return True
    targets = {_target(value) for value in query.joins}
    return any(model.full_name in targets for model in models_selected(query))


def _target(value: Value) -> str | None:
    """The class that a join brings in under its own name."""
    match value:
        case RelationshipRef(relationship=relationship, alias=None):
            return relationship.target
        case ModelClass(model=model, alias=None):
            return model.full_name
    return None


def not_repeated(rows: RowList) -> Precondition:
    """The list has as many rows as the database finds (semantics 5, trap c4_01)."""
    scope, query, run = rows.scope, rows.query, rows.run
    if not rows.uniqued:
        return proven(REPEATED, "rows that a join repeats are in the list as often")
    models = models_selected(query)
    if not models:
        return proven(REPEATED, "columns are listed as often as they are found")
    if len(query.entities) > 1:
        return unknown(
            scope, REPEATED, "equal rows of several classes come once, and are counted twice", run
        )
    if may_be_none(query):
        return unknown(
            scope, REPEATED, "an outer join may find no row, and the list has one None for all", run
        )
    model = models[0]
    if not model.primary_key:
        text = f"nothing says what the primary key of {model.name} is, which a list has once"
        return unknown(scope, REPEATED, text, run)
    joined = [model]
    calls = [call.node for call in query.calls if call.method in _JOINED]
    if sum(len(node.args) for node in calls) != len(query.joins):
        text = "the query joins in different ways, and one of them may repeat rows"
        return unknown(scope, REPEATED, text, run)
    values = iter(query.joins)
    for node in calls:
        given = [next(values) for _ in node.args]
        target = _one_row(scope, given, joined) if not node.keywords else None
        if target is None:
            what = "a join can repeat a row, which the list has once and a count counts twice"
            return refuted(scope, REPEATED, what, run)
        joined.append(target)
    if query.has("group_by") is not None:
        text = "a row that is in several groups comes once, and is counted for each"
        return unknown(scope, REPEATED, text, run)
    for predicate in query.predicates:
        if not _is_about(scope, predicate, joined):
            text = ast.unparse(predicate.node)
            return unknown(
                scope, REPEATED, f"{text} may bring another table in, and repeat rows", run
            )
    return proven(REPEATED, "no row can come twice")


def _is_about(scope: Scope, predicate: Predicate, models: list[Model]) -> bool:
    """True for a condition that needs no table but these."""
    if predicate.relationship is not None and predicate.keyword is not None:
        return True
    if set(predicate.models) <= set(models) and predicate.models:
        return all(
            is_known(scope, predicate, model) for model in predicate.models[:1]
        ) or _columns_alone(scope, predicate, models)
    return any(is_known(scope, predicate, model) for model in models)


def _columns_alone(scope: Scope, predicate: Predicate, models: list[Model]) -> bool:
    """True for a comparison whose names of classes are all among `models`."""
    for node in walk(predicate.given or predicate.node):
        if isinstance(node, ast.Name):
            match scope.flow.lookup(node.id):
                case ModelClass(model=model, alias=None) if model in models:
                    continue
                case ModelClass() | Query():
                    return False
    return True


def _one_row(scope: Scope, given: Sequence[Value], joined: list[Model]) -> Model | None:
    """The class that a join brings in, where each row has at most one partner in it."""
    match given:
        case [RelationshipRef(relationship=relationship, alias=None)]:
            to_one = relationship.direction == "many-to-one" and not relationship.custom_join
            return scope.index.model(relationship.target or "") if to_one else None
        case [ModelClass(model=target, alias=None)]:
            if target in joined:
                return target
            ways = [
                relationship
                for model in joined
                for relationship in model.relationships.values()
                if relationship.target == target.full_name
            ]
            back = [r for r in target.relationships.values() if r.target in _names(joined)]
            both = [*ways, *back]
            if (
                ways
                and all(r.direction == "many-to-one" for r in ways)
                and all(r.direction == "one-to-many" for r in back)
            ):
                return target if not any(r.custom_join for r in both) else None
    return None


def _names(models: list[Model]) -> set[str]:
    return {model.full_name for model in models}


def not_filtered(rows: RowList) -> Precondition:
    """No eager load of the query, and nothing that changes queries, leaves rows out."""
    scope = rows.scope
    if (hook := query_hook(scope, rows.legacy)) is not None:
        return unknown(scope, FILTERED, hook, rows.run)
    return all_loaded(scope, rows.query, rows.run)


def all_loaded(scope: Scope, query: Query, run: Run) -> Precondition:
    """It is a query, of which no eager load leaves rows out, as an inner join does (trap c7_03)."""
    if (no_query := no_query_at_times(scope, query, run)) is not None:
        return no_query
    for loader in query.loaders:
        if loader is None:
            return unknown(scope, FILTERED, "an option of the query is not known", run)
        if "innerjoin" in ast.unparse(loader.node) or "contains_eager" in loader.strategies:
            text = "an inner join that loads rows leaves out those without"
            return refuted(scope, FILTERED, text, run)
    joined = list(_inner_joins(query))
    for model, relationship in joined:
        if relationship.lazy is not None and _may_have_none(model, relationship):
            text = f"{model.name}.{relationship.name} is loaded by an inner join"
            return refuted(scope, FILTERED, f"{text}, which leaves out rows without one", run)
    for model, relationship in joined:
        text = f"{model.name}.{relationship.name} may be loaded by an inner join"
        return unknown(scope, FILTERED, text, run)
    return proven(FILTERED, "what is loaded with the rows leaves none of them out")


def no_query_at_times(scope: Scope, query: Query, run: Run) -> Precondition | None:
    """What a loop goes over may be an empty list, which has no methods of a query."""
    if not query.or_empty or run.terminal != "iterate":
        return None
    text = f"{scope.text(run.expression)} is an empty list at times, which is no query"
    return refuted(scope, FILTERED, text, run)


def _inner_joins(query: Query) -> Iterator[tuple[Model, Relationship]]:
    """The relationships that are declared with an inner join, and that the query may join."""
    for model in models_selected(query):
        for relationship in model.relationships.values():
            joined = relationship.lazy == "joined" and relationship.innerjoin
            if joined or relationship.lazy is None:
                yield model, relationship
    for loader in (each for top in query.loaders for each in branches(top)):
        for step in loader.inner_joins():
            yield step.model, step.relationship


def _may_have_none(model: Model, relationship: Relationship) -> bool:
    """True unless a foreign key that is never NULL leads to a row."""
    keys = [model.columns[key] for key in relationship.keys if key in model.columns]
    return not keys or any(key.may_be_null for key in keys)


def loaded_models(scope: Scope, query: Query) -> tuple[Model, ...]:
    """The classes of which a query brings rows into the session, with those above and below."""
    names = [model.full_name for model in models_selected(query)]
    names += [
        step.relationship.target
        for loader in query.loaders
        for one in branches(loader)
        for step in one.path or ()
        if step.relationship.target
    ]
    return brought_in(scope, names)


def takes_exists(rows: RowList) -> Precondition:
    """`SELECT EXISTS (…)` can be sent to each database of the project."""
    databases = rows.scope.settings.database
    named = " and ".join(name for key, name in _WITHOUT_EXISTS.items() if key in databases)
    if named:
        return refuted(rows.scope, EXISTS, f"{named} cannot SELECT an EXISTS", rows.run)
    if not databases:
        reason = (
            "the project's database is not known, and SQL Server and Oracle cannot SELECT an EXISTS"
        )
        return unknown(rows.scope, EXISTS, reason, rows.run)
    return proven(EXISTS, "the project's databases can SELECT an EXISTS")


def brought_in(scope: Scope, names: Iterable[str]) -> tuple[Model, ...]:
    """These classes, those above and below them, and what is loaded together with their rows."""
    found: dict[str, Model] = {}
    stack = list(names)
    while stack:
        model = scope.index.model(stack.pop())
        if model is None or model.full_name in found:
            continue
        found[model.full_name] = model
        stack += [*model.parents, *model.children]
        stack += [
            relationship.target
            for relationship in model.relationships.values()
            if relationship.lazy not in ("select", "dynamic", "write_only", "noload", "raise")
            and relationship.target
        ]
    return tuple(found.values())


def branches(loader: Loader | None) -> Iterator[Loader]:
    """An option, and those that are given inside of it."""
    if loader is not None:
        yield loader
        for inner in loader.branches:
            yield from branches(inner)


def unheard(rows: RowList) -> Precondition:
    """Nothing runs when a row is loaded."""
    return heard_by_nobody(rows.scope, loaded_models(rows.scope, rows.query), rows.run)


def heard_by_nobody(scope: Scope, models: Iterable[Model], event: Event) -> Precondition:
    """Nothing runs when a row of one of these classes is loaded, which `event` does."""
    for model in models:
        if model.events:
            text = f"{model.name} has listeners, and one may wait for rows that are loaded"
            return unknown(scope, HEARD, text, event)
        for other in model.others.values():
            facts = scope.index.function(other.function) if other.function else None
            if facts and any(name.endswith("reconstructor") for name in facts.decorators):
                text = f"{model.name}.{other.name}() runs for every row that is loaded"
                return refuted(scope, HEARD, text, event)
    if "loaded_as_persistent" in scope.index.session_events:
        text = "a listener for loaded_as_persistent runs whenever a row is loaded"
        return unknown(scope, HEARD, text, event)
    return proven(HEARD, "nothing happens when a row is loaded")
