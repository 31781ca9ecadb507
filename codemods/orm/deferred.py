"""Columns that do not come with the rows, and are read on each of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Note, Precondition, Role, none_refuted
from codemods.orm import preconditions
from codemods.orm.column_options import ColumnOptions, column_options, without
from codemods.orm.eager import Names, path_names
from codemods.orm.eager_options import class_name
from codemods.orm.events import Act, ColumnRead, Loop, Run
from codemods.orm.naming import plural, singular, snake, words
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.values import Origin, Step
from codemods.patch import AddArguments, Chain, Code, Copied, Import, Patch
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass(frozen=True, eq=False)
class DeferredRead:
    """A column that is loaded row by row: `path` leads from the query's rows, those of its entity
    with the number `entity`, to those that are read, and `options` are what the query says about
    their columns."""

    scope: Scope = field(repr=False)
    run: Run
    entity: int
    path: tuple[Step, ...]
    model: Model
    column: Column
    reads: tuple[ColumnRead, ...]
    loop: Loop
    options: ColumnOptions

    @property
    def label(self) -> str:
        return f"{self.model.name}.{self.column.name}"

    @property
    def rows(self) -> str:
        name = self.path[-1].relationship.name if self.path else snake(self.model.name)
        return plural(name)

    @property
    def _root(self) -> str:
        """What one calls the rows of the query."""
        model = self.run.query.model
        return plural(snake(model.name)) if model is not None else "rows"

    @property
    def message(self) -> str:
        session = self.run.session
        if session is not None and session.asynchronous:
            return f"{self.label} is not loaded with the row, which raises MissingGreenlet here"
        return f"{self.label} is loaded with a query for each {words(singular(self.rows))}"

    @property
    def title(self) -> str:
        if self.options.load_only is not None:
            return f"Add {self.label} to load_only()"
        if self.options.deferring is not None:
            return f"Do not defer {self.label} in this query"
        return f"Load {self.label} with the query of {self.rows}"

    @property
    def cost(self) -> Cost:
        after = Amount("1", self.rows) if self.possible else None
        return Cost(Amount(f"1 + {self.rows}", self.rows), after)

    @property
    def related(self) -> Iterator[Note]:
        scope, root = self.scope, self.run.query.roots[0]
        if scope.placed(root):
            yield scope.note(Role.QUERY, root, f"{words(self._root)} come from this query")
        if self.options.cause is not None:
            yield scope.note(Role.USE, self.options.cause, "this leaves the column out")
        else:
            yield Note(Role.MODEL, self.column.place, f"{self.label} is deferred here")

    # What has to hold -----------------------------------------------------------------------

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        scope = self.scope
        window = scope.events[self.run.index : self.loop.last + 1]
        first = self.reads[0]
        return (
            self._query_here(),
            preconditions.read_every_time(scope, first, self.loop, f"{self.label} is read"),
            preconditions.stays_loaded(scope, window),
            self._not_written(),
            preconditions.errors_not_handled(scope, self.reads),
            preconditions.no_unknown_calls(scope, window),
            preconditions.not_suspended(scope, window),
            unknown(
                scope, "wide-column",
                f"{self.label} was left out for some reason, and comes with every row then", first,
            ),
        )  # fmt: skip

    @property
    def possible(self) -> bool:
        return none_refuted(self.preconditions)

    def _query_here(self) -> Precondition:
        name = "query-in-this-function"
        if not self.run.own:
            text = f"the query is sent in {self.run.frame.code.title}, which others may call"
            return refuted(self.scope, name, text, self.run)
        if self._place is None:
            return refuted(
                self.scope,
                name,
                "no option of the query leads to these rows, which one could add to",
                self.run,
            )
        if self.run.query.has("distinct", "group_by"):
            text = "a database may neither compare nor group by the column, as this query would"
            return refuted(self.scope, name, text, self.run)
        return proven(name, "the option has its place in this function")

    def _not_written(self) -> Precondition:
        name = "column-not-written"
        for effect in effects(self.scope.events[self.run.index : self.loop.last + 1]):
            written = effect.act is Act.SET and effect.attribute in (self.column.name, None)
            if written or effect.act in (Act.DML, Act.SQL):
                text = f"this may write {self.label} before it is read"
                return unknown(self.scope, name, text, effect)
        return proven(name, f"nothing writes {self.label} before it is read")

    # How it is written ------------------------------------------------------------------------

    @cached_property
    def _place(self) -> ast.expr | None:
        """What the option is put into: the call of `options()`, a loader or the query's root."""
        options, query = self.options, self.run.query
        if options.deferring is not None:
            return options.deferring if without(self.scope, self.run, options.deferring) else None
        if (found := options.load_only or options.loader) is not None:
            return found
        if self.path or len(query.roots) > 1 or query.opaque is not None:
            return None
        calls = [call for call in query.calls if call.method == "options"]
        if calls:
            sure = [call.node for call in calls if call.sure and self.scope.placed(call.node)]
            return sure[-1] if sure else None
        return query.roots[0]

    def patches(self) -> tuple[Patch, ...]:
        scope, options, node = self.scope, self.options, self._place
        assert node is not None
        if options.deferring is not None:
            return without(scope, self.run, options.deferring) or ()
        place = scope.place(node)
        column, imports = self._named()
        if options.load_only is not None:
            return (*imports, AddArguments(place, (column,)))
        if options.loader is not None:
            return (*imports, Chain(place, "undefer", (column,)))
        option = (Code.of("undefer({column})", column=column),)
        imports = (*imports, Import(place, "sqlalchemy.orm", "undefer"))
        if node in self.run.query.option_calls:
            return (*imports, AddArguments(place, option))
        return (*imports, Chain(place, "options", option))

    def _named(self) -> tuple[Code, tuple[Patch, ...]]:
        """The column, as the query names its class, and the import that this needs."""
        name, query = self.column.name, self.run.query
        entity = query.entities[self.entity].node
        owner: ast.expr | None = None
        match self.options.load_only:
            case ast.Call(args=[ast.Constant(), *_]):
                return Code.of(f'"{name}"'), ()
            case ast.Call(args=[ast.Attribute(value=found), *_]):
                owner = found
            case _ if not self.path and query.related is None:
                owner = entity
        if isinstance(owner, ast.Name | ast.Attribute):
            return Code.of(f"{{owner}}.{name}", owner=Copied(self.scope.place(owner))), ()
        place = self.scope.place(query.roots[0])
        model, imports = class_name(self.scope, self.model.full_name, place)
        return Code.of(f"{model}.{name}"), tuple(imports)


def deferred_reads(scope: Scope) -> Iterator[DeferredRead]:
    """Every such column of the function, once for each query and path."""
    found: dict[tuple[Run, int, Names, str], list[tuple[ColumnRead, Origin]]] = {}
    for event in scope.events:
        if not isinstance(event, ColumnRead) or not event.loops:
            continue
        for origin in event.row.origins:
            if origin.run is not None and not _in_one_call(origin.run, event):
                names = path_names(origin.path)
                key = (origin.run, origin.entity, names, event.column.name)
                found.setdefault(key, []).append((event, origin))
    for (run, entity, names, _), reads in found.items():
        event, origin = reads[0]
        loop = next(filter(event.repeated_in, origin.via), None)
        if loop is None or run.query.kind != "select":
            continue
        if _written_before(scope, event, loop):
            continue
        options = column_options(scope, run, names, event.column)
        if options is not None:
            reading = tuple(read for read, _ in reads)
            model, column = event.row.model, event.column
            path = origin.path
            yield DeferredRead(scope, run, entity, path, model, column, reading, loop, options)


def _in_one_call(run: Run, event: ColumnRead) -> bool:
    """True if all of it happens in one function that is called here, and is found there too."""
    return not event.own and run.frame.chain[1:2] == event.frame.chain[1:2]


def _written_before(scope: Scope, event: ColumnRead, loop: Loop) -> bool:
    """True if the loop assigns the column before it reads it."""
    before = scope.events[loop.first : event.index]
    return any(
        effect.attribute == event.column.name and effect.model is event.row.model
        for effect in effects(before, Act.SET)
    )
