"""Eager options of queries whose relationships nobody reads on the rows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Precondition
from codemods.orm import eager
from codemods.orm.argument_lists import listed
from codemods.orm.events import Run
from codemods.orm.naming import plural, snake
from codemods.orm.preconditions import proven, refuted, unknown
from codemods.orm.watching import Watch, everywhere
from codemods.patch import Code, Copied, DropImport, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.query import Loader
    from codemods.orm.scope import Scope

_EAGER = frozenset({"joinedload", "selectinload", "subqueryload", "immediateload"})


@dataclass(frozen=True)
class UnusedLoad:
    """An option of a query, of whose path only the first `used` steps are read."""

    scope: Scope
    run: Run
    call: ast.Call
    option: ast.expr
    loader: Loader
    used: int

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(step.relationship.name for step in self.loader.path or ())

    @property
    def label(self) -> str:
        steps = self.loader.path or ()
        return f"{steps[self.used].model.name}.{'.'.join(self.names[self.used:])}"

    @property
    def title(self) -> str:
        return f"Do not load {'.'.join(self.names[self.used:])}, which nobody reads"

    @property
    def joined(self) -> bool:
        """True if no statement is sent for it."""
        return all(name == "joinedload" for name in self.loader.strategies[self.used :])

    @property
    def cost(self) -> Cost:
        """What the query costs with the option, and without it; other options are left out."""
        model = self.run.query.model
        assert model is not None
        above = [plural(snake(model.name)), *(plural(name) for name in self.names)]
        subqueries = self.loader.strategies[self.used :].count("subqueryload")
        before, rows = f"{1 + subqueries}", above[0]
        for number in range(self.used, len(self.names)):
            strategy = self.loader.strategies[number]
            if strategy not in ("joinedload", "subqueryload"):
                before += f" + ⌈{above[number]}/{eager.CHUNK}⌉"
            rows += f" + {above[number + 1]}"
        return Cost(Amount(before, rows), Amount("1", above[0]))

    @property
    def preconditions(self) -> tuple[Precondition, ...]:
        return (_no_filter(self), _read_elsewhere(self))

    def patches(self) -> tuple[Patch, ...]:
        place = self.scope.place
        names = (_last(node) for node in _chain(self.option))
        dropped = tuple(DropImport(place(self.call), name) for name in names if name)
        if self.used:
            kept = list(_chain(self.option))[len(self.names) - self.used]
            return (Replace(place(self.option), Code.of("{kept}", kept=Copied(place(kept)))),)
        assert isinstance(self.call.func, ast.Attribute)
        rest, holes = listed((a for a in self.call.args if a is not self.option), place)
        text = f"{{query}}.options({', '.join(rest)})" if rest else "{query}"
        query = Copied(place(self.call.func.value))
        return Replace(place(self.call), Code.of(text, query=query, **holes)), *dropped


def unused_loads(scope: Scope) -> Iterator[UnusedLoad]:
    """The options of a function's queries that load what is read nowhere."""
    for run in scope.own_runs:
        query = run.query
        if query.model is None or not query.option_calls:
            continue
        options = list(plain_options(scope, run))
        if not options:
            continue
        seen = everywhere(scope.program, scope.code, run)
        if seen is None or not any(watch.used(own) for watch, own in seen):
            continue
        for call, option, loader in options:
            names = tuple(step.relationship.name for step in loader.path or ())
            used = max(_used(watch, own, names, loader) for watch, own in seen)
            if used < len(names):
                yield UnusedLoad(scope, run, call, option, loader, used)


def plain_options(scope: Scope, run: Run) -> Iterator[tuple[ast.Call, ast.expr, Loader]]:
    """Options that are a plain chain of eager strategies, with the call that they are given to."""
    for call in run.query.option_calls:
        if call.keywords or scope.around(call).node is not scope.node:
            continue
        for loader in run.query.loaders:
            option = next((a for a in call.args if loader and a is loader.node), None)
            if option is None or loader is None or not loader.path or loader.branches:
                continue
            plain = len(list(_chain(option))) == len(loader.path) == len(loader.strategies)
            if plain and _EAGER.issuperset(loader.strategies):
                yield call, option, loader


def _chain(option: ast.expr) -> Iterator[ast.expr]:
    """`a(X).b(Y).c(Z)`, then what it is called on, down to `a(X)`."""
    node: ast.expr = option
    while isinstance(node, ast.Call):
        yield node
        if not isinstance(node.func, ast.Attribute):
            return
        node = node.func.value


def _last(node: ast.expr) -> str | None:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None


def _used(watch: Watch, run: Run, names: tuple[str, ...], loader: Loader) -> int:
    """How many steps of a path are read on the rows, or on rows of the same classes."""
    longest = 0
    for read in watch.reads:
        for origin in read.row.origins:
            path = eager.path_names((*origin.path, read.step))
            if origin.run is run and path == names[: len(path)]:
                longest = max(longest, len(path))
        if not any(origin.run is run for origin in read.row.origins):
            # found in the session, it may be what the option loads
            for number, step in enumerate(loader.path or (), 1):
                if read.step.relationship == step.relationship:
                    longest = max(longest, number)
    return longest


def _no_filter(found: UnusedLoad) -> Precondition:
    name = "same-rows"
    declared = any(found.loader.inner_joins(found.used))
    if declared or "innerjoin" in ast.unparse(found.option):
        text = "the inner join leaves out rows that have no partner, and is a filter"
        return refuted(found.scope, name, text, found.run)
    return proven(name, "the option leaves no row out")


def _read_elsewhere(found: UnusedLoad) -> Precondition:
    text = (
        f"whoever finds these rows in the session later would load {found.names[found.used]} itself"
    )
    return unknown(found.scope, "not-read-later", text, found.run)
