"""Collections that a model loads with its every row, and the queries that have a use for them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Precondition, Status
from codemods.orm import eager, eager_options
from codemods.orm.argument_lists import listed
from codemods.orm.declaration import Declaration
from codemods.orm.eager_async import LoneRead
from codemods.orm.eager_conditions import query_takes_options
from codemods.orm.events import Loop, Read, Run
from codemods.orm.growth import SINGLE
from codemods.orm.naming import plural, snake
from codemods.orm.values import ANYTHING, Origin, Step, holds
from codemods.orm.watching import everywhere
from codemods.patch import Code, Copied, Patch, Replace

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts
    from codemods.orm.scope import Scope
    from codemods.project.model import Relationship
    from codemods.source import Place

_WIDE = frozenset({"selectin", "joined", "subquery", "immediate"})
_LOADING = frozenset({
    "all", "iterate", "first", "one", "one_or_none", "scalars", "scalar", "scalar_one", "execute",
    "scalar_one_or_none", "paginate", "slice", "item", "first_or_404", "one_or_404",
})  # fmt: skip

# How many queries are shown, and how many are followed to find them.
_SHOWN = 4
_TRIED = 8


@dataclass(frozen=True)
class WideRelationship:
    """A collection that is declared eager, with the queries of the project that load it."""

    declaration: Declaration
    relationship: Relationship
    call: ast.Call = field(repr=False)

    @property
    def label(self) -> str:
        return f"{self.declaration.model.name}.{self.relationship.name}"

    @property
    def message(self) -> str:
        rows = plural(snake(self.declaration.model.name)).replace("_", " ")
        who = self.idle[0][0].code.title
        return f"{self.label} is loaded with every query of {rows}, and {who} does not read it"

    @property
    def joined(self) -> bool:
        """True if the query itself brings the rows, and no statement more."""
        return self.relationship.lazy == "joined"

    @property
    def cost(self) -> Cost:
        """What one of the queries costs that do not read it."""
        rows, items = plural(snake(self.declaration.model.name)), plural(self.relationship.name)
        items = items if items != rows else f"other {items}"
        sent = {"joined": "1", "subquery": "2", "immediate": f"1 + {rows}"}
        before = sent.get(self.relationship.lazy or "", f"1 + ⌈{rows}/{eager.CHUNK}⌉")
        return Cost(Amount(before, f"{rows} + {items}"), Amount("1", rows))

    # -- what the project does with it

    @cached_property
    def _near(self) -> tuple[Scope, ...]:
        """Functions with queries that name the class or the collection."""
        words = self.declaration.program.words
        names = self.declaration.model.name, self.relationship.name
        asking = (facts for _, facts in words.having(*names) if facts.query_calls)
        return tuple(self._scopes(asking))

    @cached_property
    def _far(self) -> tuple[Scope, ...]:
        """Functions that may get rows from one function, and have another one read them."""
        program = self.declaration.program
        reading = {facts.full_name for _, facts in program.words.having(self.relationship.name)}
        names = program.reach.callers_of(reading) & program.reach.querying
        facts = (self.declaration.index.function(name) for name in sorted(names))
        return tuple(self._scopes(each for each in facts if each is not None))

    def _scopes(self, functions: Iterable[FunctionFacts]) -> Iterator[Scope]:
        program = self.declaration.program
        codes = (program.code(facts) for facts in functions)
        return (program.scope(code) for code in codes if code is not None)

    def _reads(self, scopes: Iterable[Scope]) -> Iterator[tuple[Scope, Read]]:
        return (
            (scope, read) for scope in scopes for read in scope.reads
            if read.step.relationship.place == self.relationship.place
            and read.step.relationship.name == self.relationship.name
        )  # fmt: skip

    @cached_property
    def loading(self) -> tuple[tuple[Scope, Run], ...]:
        """The queries that select rows of the class, each once."""
        model = self.declaration.model
        names = {model.full_name, *model.children}
        found: dict[Place, tuple[Scope, Run]] = {}
        for scope in self._near:
            for run in scope.own_runs:
                selected = (entity.model for entity in run.query.entities)
                if run.terminal in _LOADING and any(m and m.full_name in names for m in selected):
                    found.setdefault(scope.place(run.query.roots[0]), (scope, run))
        return tuple(found[place] for place in sorted(found))

    @cached_property
    def idle(self) -> tuple[tuple[Scope, Run], ...]:
        """Some for many rows, which are followed to all that is done with them, and that is not to
        read the collection. Short functions are followed first."""
        silent = [
            (scope, run) for scope, run in self.loading
            if not (run.query.loaders or run.query.option_calls or run.terminal in SINGLE)
        ]  # fmt: skip
        tried = sorted(silent, key=lambda pair: len(pair[0].events))[:_TRIED]
        return tuple(islice(((s, run) for s, run in tried if self._is_idle(s, run)), _SHOWN))

    def _is_idle(self, scope: Scope, run: Run) -> bool:
        if any(holds(value, run) for value in scope.flow.root.returned):
            return False
        seen = everywhere(self.declaration.program, scope.code, run)
        return seen is not None and not any(
            read.step.relationship.name == self.relationship.name
            for watch, _ in seen
            for read in watch.reads
        )

    # -- what a fix needs

    @cached_property
    def readers(self) -> tuple[LoneRead, ...]:
        """The queries that get an option, with a read that needs it."""
        found: dict[tuple[Place, tuple[str, ...]], LoneRead] = {}
        for scope, read in self._reads((*self._near, *self._far)):
            for origin in read.row.origins:
                run, path = origin.run, eager.shortened((*origin.path, read.step))
                if run is None or not path or path[-1] != read.step or run.terminal == "get":
                    continue
                plain = replace(read.step.relationship, lazy="select")
                path = (*path[:-1], Step(read.step.model, plain))
                if eager.strategy(run.query, eager.path_names(path)) is None:
                    key = scope.place(run.query.roots[0]), eager.path_names(path)
                    found.setdefault(key, _lone(scope, read, origin, path))
        return tuple(found.values())

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        return (self._no_filter(), self._has_options(), self._not_awaited(), self._all_seen())

    def _no_filter(self) -> Precondition:
        name = "same-rows"
        if any(keyword.arg == "innerjoin" for keyword in self.call.keywords):
            text = "its inner join leaves out rows without items, which would come back"
            return Precondition(name, Status.REFUTED, text, self.relationship.place)
        return Precondition(name, Status.PROVEN, "the rows are the same without it")

    def _has_options(self) -> Precondition:
        """Every query whose rows it is read on takes an option."""
        for read in self.readers:
            taken = query_takes_options(read)
            if taken.status is not Status.PROVEN:
                return taken
        name = "query-takes-options"
        return Precondition(name, Status.PROVEN, "each query that needs one takes an option")

    def _not_awaited(self) -> Precondition:
        """An async session loads nothing by itself: a read that is not seen raises there."""
        name = "loads-lazily"
        for scope, run in self.loading:
            if run.awaited or (run.session is not None and run.session.asynchronous):
                text = (
                    "its rows are also queried with an async session, where a read that is not seen "
                    "here would raise MissingGreenlet"
                )
                return Precondition(name, Status.REFUTED, text, scope.place(run.query.roots[0]))
        return Precondition(name, Status.PROVEN, "no async session queries its rows")

    def _all_seen(self) -> Precondition:
        """Never proven: a serializer, a template, another project may read it."""
        name = "readers-known"
        for scope, read in self._reads(self._near):
            if any(
                origin.run is None or origin.run.terminal == "get" for origin in read.row.origins
            ):
                text = "this is read on a row of which the query is not known, and loads it itself"
                return Precondition(name, Status.UNKNOWN, text, scope.place(read.node))
        text = "what is not seen here may read it too, and would load it once per row"
        return Precondition(name, Status.UNKNOWN, text, self.relationship.place)

    def patches(self) -> tuple[Patch, ...]:
        source = self.declaration.program.source(self.declaration.path)
        kept = (keyword for keyword in self.call.keywords if keyword.arg != "lazy")
        parts, holes = listed((*self.call.args, *kept), source.place)
        function = Copied(source.place(self.call.func))
        code = Code.of(f"{{function}}({', '.join(parts)})", function=function, **holes)
        options = (patch for read in self.readers for patch in eager_options.patches(read))
        return Replace(source.place(self.call), code), *dict.fromkeys(options)


def _lone(scope: Scope, read: Read, origin: Origin, path: tuple[Step, ...]) -> LoneRead:
    """The read as one of its row, whatever loops it stands in: only its query matters here."""
    run = origin.run
    assert run is not None
    root = run.query.roots[0]
    nowhere = ast.comprehension(ast.Name("_"), root, [], 0)
    once = Loop(
        nowhere, nowhere, root, ANYTHING, ANYTHING, (), -1, run.statement, run.frame,
        branches=run.branches, first=run.index, last=read.index, once=True,
    )  # fmt: skip
    return LoneRead(scope, run, origin.entity, path, (read,), once, origin, {})


def wide_relationships(declaration: Declaration) -> Iterator[WideRelationship]:
    """The collections of a class that are declared eager, and that not all its queries read."""
    for name, relationship in declaration.model.relationships.items():
        if relationship.lazy not in _WIDE or not relationship.uselist:
            continue
        if relationship.owner != declaration.model.full_name:
            continue
        statement = declaration.statement(name)
        call = statement.value if statement is not None else None
        if not isinstance(call, ast.Call) or any(k.arg is None for k in call.keywords):
            continue
        if not any(keyword.arg == "lazy" for keyword in call.keywords):
            continue
        found = WideRelationship(declaration, relationship, call)
        if found.idle:
            yield found
