"""Lookups that a mapped relationship expresses: an option and an attribute instead of a query."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition, Status
from codemods.orm.eager import RowRead, is_lazy, path_names, shortened
from codemods.orm.eager_conditions import conditions
from codemods.orm.eager_options import patches
from codemods.orm.events import Read, Run
from codemods.orm.lookups import Lookup
from codemods.orm.values import Cell, Row, Step
from codemods.patch import Code, Copied, DropImport, Patch, Replace
from codemods.project.model import Model, Relationship

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_CONDITIONS = frozenset({"filter", "where", "filter_by"})


@dataclass(frozen=True)
class RelatedRow:
    """A lookup by a row's foreign key, as the relationship on that key.

    `row` is the expression of the row in the loop; `read` is what would be read on it.
    """

    lookup: Lookup = field(repr=False)
    row: ast.expr
    read: RowRead

    @property
    def title(self) -> str:
        name = f"{ast.unparse(self.row)}.{self.read.step.relationship.name}"
        return f"{self.read.title}, and read {name}"

    def conditions(self, lookup: tuple[Precondition, ...]) -> tuple[Precondition, ...]:
        """Those of the option, and those of giving up the lookup that it does not have."""
        found = {condition.name: condition for condition in conditions(self.read)}
        for condition in lookup:
            own = found.get(condition.name)
            if condition.name in _KEPT and (own is None or own.status is Status.PROVEN):
                found[condition.name] = condition
        return tuple(found.values())

    def patches(self) -> tuple[Patch, ...]:
        scope, expression = self.lookup.scope, self.lookup.expression
        place = scope.place(expression)
        attribute = Code.of(
            f"{{row}}.{self.read.step.relationship.name}", row=Copied(scope.place(self.row))
        )
        names = {n.id for n in walk(expression) if isinstance(n, ast.Name)}
        unused = [DropImport(place, name) for name in sorted(names) if _may_go(scope, name)]
        return (*patches(self.read), Replace(place, attribute), *unused)


# Conditions of a lookup that hold for whatever comes in its place.
_KEPT = frozenset({"table-not-written", "flushes-alike", "errors-not-handled"})


def related_row(lookup: Lookup) -> RelatedRow | None:
    """The relationship that gives the row of `lookup`; None where there is none."""
    scope, run = lookup.scope, lookup.run
    if not _is_plain(lookup):
        return None
    part = lookup.parts[0]
    if not isinstance(part.operand, ast.Attribute) or not isinstance(part.value, Cell):
        return None
    row = part.value.row
    if part.column.name not in lookup.model.primary_key or not isinstance(row, Row) or row.new:
        return None
    relationship = _relationship(row.model, part.value.column.name, lookup.model)
    if relationship is None:
        return None
    step = Step(row.model, relationship)
    for origin in row.origins:
        sent = origin.run
        loop = next((loop for loop in origin.via if loop in run.loops), None)
        if sent is None or loop is None or len(row.origins) != 1 or not _same_session(lookup, sent):
            continue
        read = Read(
            index=run.index, node=part.operand, statement=run.statement, inner=run.inner,
            frame=run.frame, loops=run.loops,
            branches=run.branches, tries=run.tries, row=row, step=step, awaited=True,
            no_autoflush=run.no_autoflush,
        )  # fmt: skip
        path = shortened((*origin.path, step))
        if not path or path[-1] != step:
            continue
        others = _others(scope, read, path_names(path))
        found = RowRead(scope, sent, origin.entity, path, (read,), loop, origin, others)
        if is_lazy(found):
            return RelatedRow(lookup, part.operand.value, found)
    return None


def _others(
    scope: Scope, read: Read, names: tuple[str, ...]
) -> dict[tuple[str, ...], tuple[Read, ...]]:
    """The reads on the way to the row, and the one that would be made."""
    found: dict[tuple[str, ...], tuple[Read, ...]] = {}
    run = read.row.origins[0].run
    for other in scope.reads:
        for origin in other.row.origins:
            if origin.run is run and (path := shortened((*origin.path, other.step))):
                key = path_names(path)
                found[key] = (*found.get(key, ()), other)
    found[names] = (*found.get(names, ()), read)
    return found


def _is_plain(lookup: Lookup) -> bool:
    """True if the query says nothing but the key, in one expression, and None is no error."""
    query = lookup.query
    if lookup.problem is not None or len(lookup.parts) != 1 or lookup.parts[0].attribute:
        return False
    if lookup.kind != "row" or lookup.amount not in ("first", "one_or_none"):
        return False
    if lookup.invariant or not lookup.is_unique or query is not lookup.run.query:
        return False
    if lookup.run.terminal == "get_one" or len(query.roots) != 1:
        return False
    inside = set(walk(lookup.expression))
    if query.roots[0] not in inside or lookup.run.node not in inside:
        return False
    return lookup.is_get or all(
        call.method in _CONDITIONS and call.node in inside for call in query.calls
    )


def _relationship(model: Model, key: str, target: Model) -> Relationship | None:
    """The relationship of `model` whose only key is `key` and that leads to `target`."""
    column = model.columns.get(key)
    stored = target.columns[target.primary_key[0]].column_name or target.primary_key[0]
    if column is None or len(target.primary_key) != 1:
        return None
    if column.foreign_key != f"{target.table}.{stored}":
        return None
    found = [
        relationship
        for relationship in model.relationships.values()
        if relationship.direction == "many-to-one"
        and relationship.target == target.full_name
        and tuple(relationship.keys) == (key,)
        and not relationship.custom_join
    ]
    return found[0] if len(found) == 1 else None


def _may_go(scope: Scope, name: str) -> bool:
    """True for a function of SQLAlchemy: other files may have a model from here."""
    return scope.module.imports.get(name, "").startswith("sqlalchemy.")


def _same_session(lookup: Lookup, sent: Run) -> bool:
    run = lookup.run
    one, two = run.session_node, sent.session_node
    if one is None or two is None:
        return one is two
    changed = set().union(*(loop.assigned | loop.names for loop in run.loops))
    names = {n.id for n in walk(one) if isinstance(n, ast.Name)}
    return ast.dump(one) == ast.dump(two) and not names & changed
