"""Queries that load whole rows of which few columns are read."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.finding import Precondition
from codemods.orm.events import Act, Effect, Event, Run
from codemods.orm.growth import SINGLE
from codemods.orm.mentions import is_test
from codemods.orm.names import LARGE_TYPES
from codemods.orm.naming import plural, snake
from codemods.orm.preconditions import unknown
from codemods.orm.values import ModelClass, Row
from codemods.orm.watching import Watch, everywhere
from codemods.orm.whole_rows import heard_by_nobody
from codemods.patch import AddArguments, Chain, Code, Copied, Hole, Import, Patch

if TYPE_CHECKING:
    from codemods.orm.scope import Scope
    from codemods.project.model import Column, Model

_MANY = 8
_LOADING = frozenset({"all", "iterate", "scalars", "execute", "slice", "paginate"})
_SHAPES = (
    "distinct", "group_by", "union", "union_all", "intersect", "except_", "from_statement",
    "with_entities", "add_columns", "add_entity", "populate_existing", "with_for_update",
)  # fmt: skip
_VOIDING = (Act.COMMIT, Act.ROLLBACK, Act.EXPIRE, Act.REFRESH, Act.DELETE)


@dataclass(frozen=True)
class FewColumns:
    """A query whose rows are read in `used` alone. `large` are others that may be of any size."""

    scope: Scope = field(repr=False)
    run: Run
    model: Model
    used: tuple[Column, ...]
    large: tuple[Column, ...]

    @property
    def message(self) -> str:
        rows = plural(snake(self.model.name)).replace("_", " ")
        whole = len(self.model.columns)
        told = f"{len(self.used)} of the {whole} columns of these {rows} are read"
        if self.large:
            told += f", and not {' and '.join(column.name for column in self.large[:2])}"
        return told

    @property
    def title(self) -> str:
        return f"Load only {', '.join(column.name for column in self.used)}"

    @property
    def preconditions(self) -> tuple[Precondition, ...]:
        later = unknown(
            self.scope, "not-read-later",
            "whoever finds these rows in the session later would load the other columns row by row",
            self.run,
        )  # fmt: skip
        return heard_by_nobody(self.scope, (self.model,), self.run), later

    def patches(self) -> tuple[Patch, ...]:
        query, place = self.run.query, self.scope.place
        holes: dict[str, Hole] = {"entity": Copied(place(query.entities[0].node))}
        names = ", ".join(f"{{entity}}.{column.name}" for column in self.used)
        code = Code.of(f"load_only({names})", **holes)
        imported = Import(place(query.roots[0]), "sqlalchemy.orm", "load_only")
        if query.option_calls:
            return AddArguments(place(query.option_calls[-1]), (code,)), imported
        return Chain(place(query.roots[0]), "options", (code,)), imported


def few_columns(scope: Scope) -> Iterator[FewColumns]:
    """The queries of a function that load much more of their rows than is read."""
    for run in () if is_test(scope.module, scope.index.root) else scope.own_runs:
        model = _whole(scope, run)
        if model is None:
            continue
        seen = everywhere(scope.program, scope.code, run)
        if seen is None or any(_voided(watch.events, own) for watch, own in seen):
            continue
        used: set[str] = set()
        for watch, own in seen:
            names = _read(watch, own, model)
            if names is None:
                break
            used |= names
        else:
            if used - set(model.primary_key):
                found = _found(scope, run, model, used)
                if found is not None:
                    yield found


def _found(scope: Scope, run: Run, model: Model, used: set[str]) -> FewColumns | None:
    """The finding, where it is worth one."""
    columns = [column for column in model.columns.values() if not column.expression]
    loaded = [column for column in columns if not column.deferred]
    large = tuple(c for c in loaded if c.name not in used and c.type_name in LARGE_TYPES)
    taken = used | set(model.primary_key)
    if not large and (len(loaded) < _MANY or 3 * len(taken) > len(loaded)):
        return None
    if 2 * len(taken) > len(loaded):
        return None
    kept = tuple(column for column in columns if column.name in used)
    return FewColumns(scope, run, model, kept, large)


def _whole(scope: Scope, run: Run) -> Model | None:
    """The class whose whole rows a query selects, many of them, in a way that an option fits."""
    query = run.query
    entity = query.entities[0].value if len(query.entities) == 1 else None
    if not isinstance(entity, ModelClass) or entity.alias is not None:
        return None
    if run.terminal not in _LOADING - SINGLE:
        return None
    model = entity.model
    if model.parents or model.children or model.versioned or not model.complete:
        return None
    if not query.understood or query.has(*_SHAPES) or query.opaque:
        return None
    if len(query.roots) != 1 or scope.around(query.roots[0]).node is not scope.node:
        return None
    if any(loader is None or loader.path is None for loader in query.loaders):
        return None
    given = [call for call in query.calls if call.method == "options"]
    if any(not call.sure for call in given):
        return None
    if any(isinstance(item, ast.Starred) for call in given for item in call.node.args):
        return None
    options = " ".join(ast.unparse(call) for call in query.option_calls)
    if "load_only" in options or "defer" in options or "raiseload" in options:
        return None
    return model if model.primary_key else None


def _voided(events: Iterable[Event], run: Run) -> bool:
    """True if rows are expired, or loaded anew, where the option would count again."""
    return any(
        isinstance(event, Effect) and event.act in _VOIDING and event.index > run.index
        for event in events
    )


def _read(watch: Watch, run: Run, model: Model) -> set[str] | None:
    """The columns that are read on the rows, with those that relationships are loaded by; None
    where these are not known."""
    found: set[str] = set()
    for held in watch.of(run):
        value = held.value
        if not isinstance(value, Row) or not any(
            origin.run is run and not origin.path for origin in value.origins
        ):
            continue
        name = watch.attribute_of(held)
        if name in model.columns:
            found.add(name)
        elif name in model.relationships:
            relationship = model.relationships[name]
            if relationship.custom_join or relationship.direction is None:
                return None
            if relationship.direction == "many-to-one" and not relationship.keys:
                return None
            found.update(relationship.keys)
    for relationship in model.relationships.values():
        if relationship.lazy not in ("select", "dynamic", "write_only", "noload", "raise"):
            found.update(relationship.keys)
    for loader in run.query.loaders:
        for step in (loader.path or ())[:1] if loader is not None else ():
            found.update(step.relationship.keys)
    return found
