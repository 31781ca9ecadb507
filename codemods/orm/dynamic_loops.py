"""Dynamic relationships that a loop queries row by row: what has to hold to ask for all rows at
once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.facts.nodes import parameters, walk
from codemods.finding import Precondition, Status
from codemods.orm.eager_options import circular
from codemods.orm.events import Act
from codemods.orm.lookup_shapes import inner_query
from codemods.orm.preconditions import (
    effects,
    no_unknown_calls,
    proven,
    query_hook,
    refuted,
    unknown,
)
from codemods.orm.values import Cell, ModelClass, Plain, Row

if TYPE_CHECKING:
    from codemods.orm.hoisting import Hoist
    from codemods.orm.query import Predicate, Related
    from codemods.orm.scope import Scope
    from codemods.project.model import Model


_LEAVING = (Act.EXPUNGE, Act.CLOSE)
# Calls that keep a query one of the related rows alone.
_OF_ROWS = frozenset({"filter", "filter_by", "where", "order_by", "options", "exists", "limit"})
# Methods of a column that compare it.
_COMPARISONS = frozenset({
    "is_", "isnot", "is_not", "in_", "notin_", "not_in", "between", "like", "ilike", "startswith",
    "endswith", "contains",
})  # fmt: skip
_WRITES = (Act.ADD, Act.DELETE, Act.SET, Act.APPEND, Act.DML, Act.SQL)


def conditions(hoist: Hoist) -> tuple[Precondition, ...]:
    """The preconditions of a lookup, and those of giving up the relationship.

    Whether a row is in the session makes no difference to a relationship, which asks always.
    """
    found = [p for p in hoist.preconditions if p.name != "not-loaded-already"]
    return (*found, *_given_up(hoist)) if hoist.possible else tuple(found)


def _given_up(hoist: Hoist) -> Iterator[Precondition]:
    run = hoist.lookup.run
    related = run.query.begins
    assert related is not None
    yield _part_asked(hoist, related)
    yield _in_session(hoist, related)
    yield _as_declared(hoist, related)
    yield _key_kept(hoist, related)
    yield _importable(hoist, related)
    if related.through:
        yield _not_linked(hoist, related)
        yield _apart(hoist, related)


def _part_asked(hoist: Hoist, related: Related) -> Precondition:
    """Who reads all of the rows wants no dynamic relationship (traps c1_11, c1_12)."""
    name, lookup = "part-asked", hoist.lookup
    if lookup.kind in ("rows", "totals") and not lookup.query.calls:
        text = (
            f"all rows of {related.label} are read, which a relationship that is not dynamic loads "
            "with the rows that it belongs to"
        )
        return refuted(hoist.scope, name, text, lookup.run)
    return proven(name, f"a number or a part of {related.label} is asked for")


def _in_session(hoist: Hoist, related: Related) -> Precondition:
    """The rows are still in the session that their query was sent by."""
    name, scope = "rows-in-session", hoist.scope
    sent = [origin.run.index for origin in related.row.origins if origin.run is not None]
    between = scope.events[min(sent, default=0) : hoist.lookup.loop.first]
    for effect in effects(between, *_LEAVING):
        text = f"the rows may have left the session, where {related.label} finds nothing"
        return unknown(scope, name, text, effect)
    if _several_sessions(hoist, related):
        text = "the rows may come from several sessions, and one is asked"
        return unknown(scope, name, text, hoist.lookup.run)
    called = no_unknown_calls(scope, between)
    if called.status is not Status.PROVEN:
        return replace(called, name=name)
    return proven(name, "the rows are in the session that is asked")


def _not_linked(hoist: Hoist, related: Related) -> Precondition:
    """Nothing may write the table in between, of which it is not known what it is mapped to."""
    name, loop = "links-not-written", hoist.lookup.loop
    for effect in effects(hoist.scope.events[loop.first : loop.last + 1], *_WRITES):
        text = f"this may write the table that {related.label} goes through"
        return unknown(hoist.scope, name, text, effect)
    return proven(name, f"nothing writes the table that {related.label} goes through")


def _key_kept(hoist: Hoist, related: Related) -> Precondition:
    """The key that is collected before the loop is the one that each row has at its query."""
    name, loop = "key-not-written", hoist.lookup.loop
    model = related.row.model
    family = {model.full_name, *model.parents, *model.children}
    for effect in effects(hoist.scope.events[loop.first : loop.last + 1], Act.SET):
        known = effect.model is None or effect.model.full_name in family
        if known and effect.attribute in (related.key, None):
            text = f"the loop assigns {effect.attribute or 'attributes'}, which is the key"
            return unknown(hoist.scope, name, text, effect)
    return proven(name, f"the loop does not assign the key of a {model.name}")


def _importable(hoist: Hoist, related: Related) -> Precondition:
    """The class of the related rows has a name here, or can be imported."""
    name, scope, run = "imports-possible", hoist.scope, hoist.lookup.run
    for model in (hoist.lookup.model, *([related.step.model] if related.through else [])):
        place = scope.place(hoist.lookup.expression)
        if (patch := circular(scope, model.full_name, place)) is not None:
            text = f"{patch.module} imports this file, so that importing {patch.name} from it "
            return unknown(scope, name, text + "may close a circle", run)
    return proven(name, "every class that the query names can be imported")


def _apart(hoist: Hoist, related: Related) -> Precondition:
    """What the query says is about the related rows alone.

    The join brings in the tables that lead to them, which a condition may mean in another way.
    """
    name, scope, lookup = "conditions-apart", hoist.scope, hoist.lookup
    query = inner_query(lookup.run.query)
    text = f"this may mean a table that {related.label} goes through, which the join brings in"
    for call in query.calls:
        if call.method not in _OF_ROWS:
            return refuted(scope, name, text, lookup.run)
    for predicate in query.predicates:
        if predicate.node is not related.node and not _of_target(scope, predicate, lookup.model):
            return refuted(scope, name, text, lookup.run)
    return proven(name, "the conditions compare columns of the related rows with values")


def _of_target(scope: Scope, predicate: Predicate, target: Model) -> bool:
    """True for a comparison of columns of the class with what is a value in Python."""
    parts = list(walk(predicate.node))
    names = {part.id for part in parts if isinstance(part, ast.Name)}
    own = {name for name in names if scope.flow.lookup(name) == ModelClass(target)}
    if not own and predicate.keyword is None:
        return False
    methods = (part.func for part in parts if isinstance(part, ast.Call))
    if not all(isinstance(f, ast.Attribute) and f.attr in _COMPARISONS for f in methods):
        return False
    return all(_is_value(scope, name) for name in names - own)


def _is_value(scope: Scope, name: str) -> bool:
    if isinstance(scope.flow.lookup(name), Plain | Cell | Row):
        return True
    names = [argument.arg for argument in parameters(scope.node)]
    return name in names and not any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        for node in walk(scope.node)
    )


def _several_sessions(hoist: Hoist, related: Related) -> bool:
    """True if not all of the rows come by one session, or its name is bound again."""
    scope, node = hoist.scope, hoist.lookup.run.session_node
    runs = [origin.run for origin in related.row.origins]
    asked = {run and run.session_node and ast.dump(run.session_node) for run in runs}
    if None in runs or len(asked) > 1:
        return True
    names = {n.id for n in walk(node) if isinstance(n, ast.Name)} if node is not None else set()
    bound = [
        n
        for n in walk(scope.node)
        if (isinstance(n, ast.Name) and n.id in names and not isinstance(n.ctx, ast.Load))
        or (isinstance(n, ast.arg) and n.arg in names)
    ]
    return len(bound) > 1


def _as_declared(hoist: Hoist, related: Related) -> Precondition:
    """The relationship asks for nothing but what it is declared with."""
    name, scope, run = "asked-as-declared", hoist.scope, hoist.lookup.run
    if related.step.relationship.query_class:
        text = f"{related.label} has a query class of its own, which may add conditions"
        return refuted(scope, name, text, run)
    if (hook := query_hook(scope)) is not None:
        return unknown(scope, name, hook, run)
    if hoist.lookup.model.custom_query:
        text = "the project has a query class of its own, which may add conditions"
        return unknown(scope, name, text, run)
    return proven(name, f"{related.label} asks for the rows with its key, in its order")
