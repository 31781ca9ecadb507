"""What the queries of a project ask of a table's columns: which an index would find or sort."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.orm.declaration import Survey, owner
from codemods.orm.migrated import migrated
from codemods.orm.names import LARGE_TYPES
from codemods.orm.query import Conjunction, Predicate, Query
from codemods.orm.values import ColumnRef, is_none

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.frames import Program
    from codemods.orm.scope import Scope
    from codemods.project.model import Column, Model
    from codemods.source import Place

_RANGES = frozenset({"<", "<=", ">", ">=", "between"})
_LIMITING = frozenset({"limit", "slice", "paginate", "offset"})
_FIRST = frozenset({"first", "slice", "item", "paginate", "exists", "first_or_404"})
# A B-tree over these is of no use, or some databases refuse it.
_UNFIT = LARGE_TYPES | {"TSVECTOR", "TSVectorType", "Geometry", "Vector"}
# These take no longer texts, or none without a length.
_CRAMPED = frozenset({"mysql", "mariadb", "mssql"})
_SHORT = 700


@dataclass(frozen=True)
class Need:
    """Columns of a table that a query compares for equality, and one that it then has a range of
    or sorts by. `kind` is filter, join or sort."""

    equal: frozenset[str]
    then: str | None
    kind: str
    place: Place


class Needs:
    """What is asked of each table, by the full name of the class that declares it.

    Args:
        program: the code of the project's functions.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.index = program.index

    def of(self, model: Model) -> tuple[Need, ...]:
        return tuple(self._all.get(model.full_name, ()))

    def led(self, model: Model, name: str) -> bool:
        """True if a key or index begins with the column, in the models or in a migration."""
        if any(names[0] == name for names in model.indexes):
            return True
        column = model.columns[name]
        written, known = column.column_name or name, migrated(self.program)
        if model.table is None:
            return any(column == written for _, column in known)
        return (model.table, written) in known

    def fit(self, column: Column) -> bool:
        """True for a column that can have an index, and of which nobody said that it has none."""
        kind = column.type_name
        if column.expression or column.index is False or kind in _UNFIT:
            return False
        if _CRAMPED.isdisjoint(self.index.settings.database) or kind in ("Enum", "ENUM"):
            return True
        return column.python != "str" or 0 < (column.length or 0) <= _SHORT

    @cached_property
    def _all(self) -> dict[str, dict[Need, None]]:
        found: dict[str, dict[Need, None]] = defaultdict(dict)
        for scope in self.program.one(Survey).scopes:
            for run in scope.runs:
                if run.terminal != "get" and run.query.kind in ("select", "exists"):
                    for model, need in self._asked(scope, run):
                        found[model.full_name][need] = None
        return found

    def _asked(self, scope: Scope, run: Run) -> Iterator[tuple[Model, Need]]:
        query, place = run.query, scope.place(run.node)
        yield from self._joined(query, place)
        terms = [term for term in map(self._term, query.predicates) if term is not None]
        if any(equal and self.led(model, name) for model, name, equal in terms):
            return  # the database comes by that key, and filters the few rows that it finds
        tables: dict[str, tuple[Model, dict[str, bool]]] = {}
        for model, name, equal in terms:
            names = tables.setdefault(model.full_name, (model, {}))[1]
            names[name] = names.get(name, False) or equal
        sorted_by = self._sorted(run)
        if sorted_by is not None:
            tables.setdefault(sorted_by[0].full_name, (sorted_by[0], {}))
        for model, names in tables.values():
            compared = {name for name, is_equal in names.items() if is_equal}
            sharp = frozenset(n for n in compared if model.columns[n].python != "bool")
            ranges = [n for n in names if n not in compared and self.fit(model.columns[n])]
            then = ranges[0] if len(ranges) == 1 else None
            kind = "filter"
            if not ranges and sorted_by is not None and sorted_by[0] is model:
                then = sorted_by[1]
                kind = kind if sharp else "sort"
            if then is not None and (then in sharp or (not sharp and self.led(model, then))):
                then = None
            if (sharp or then) and not any(self.led(model, name) for name in sharp):
                yield model, Need(sharp, then, kind, place)

    def _term(self, predicate: Predicate) -> tuple[Model, str, bool] | None:
        """The column that a condition compares with a value, and whether for equality."""
        model, column = predicate.model, predicate.column
        if model is None or column is None or not self.fit(column):
            return None
        if isinstance(predicate.value, ColumnRef) or _is_null(predicate):
            return None
        if predicate.operator in ("==", "in"):
            return owner(self.program, model, column), column.name, True
        if predicate.operator in _RANGES:
            return owner(self.program, model, column), column.name, False
        return None

    def _sorted(self, run: Run) -> tuple[Model, str] | None:
        """The column that a query sorts by of which it takes the first rows only."""
        query = run.query
        first = query.orderings[0] if query.orderings else None
        if first is None or first.model is None or first.column is None:
            return None
        if not query.has(*_LIMITING) and run.terminal not in _FIRST:
            return None
        if query.has("group_by", "distinct") or not self.fit(first.column):
            return None
        return owner(self.program, first.model, first.column), first.column.name

    def _joined(self, query: Query, place: Place) -> Iterator[tuple[Model, Need]]:
        """Columns that are compared with columns of another table."""
        parts = (v.parts if isinstance(v, Conjunction) else (v,) for v in query.joins)
        for value in (*(part for each in parts for part in each), *query.predicates):
            if not isinstance(value, Predicate) or value.operator != "==":
                continue
            if value.model is None or value.column is None:
                continue
            if not isinstance(value.value, ColumnRef):
                continue
            other = value.value
            for model, column in ((value.model, value.column), (other.model, other.column)):
                model = owner(self.program, model, column)
                if self.fit(column) and not self.led(model, column.name):
                    yield model, Need(frozenset({column.name}), None, "join", place)


def _is_null(predicate: Predicate) -> bool:
    operand = predicate.operand
    constant = isinstance(operand, ast.Constant) and operand.value is None
    return constant or (predicate.value is not None and is_none(predicate.value))
