"""Options of a query that say which columns come with its rows: `load_only()`, `defer()`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.argument_lists import listed
from codemods.orm.eager import Names
from codemods.orm.names import COLUMN_LOADERS
from codemods.orm.outdated_loaders import Part, loader_chains
from codemods.patch import Code, Copied, DropImport, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.query import Query
    from codemods.orm.scope import Scope
    from codemods.project.model import Column


@dataclass(frozen=True)
class ColumnOptions:
    """What a query says of a column that does not come with its rows.

    `load_only` names other columns, `deferring` names this one. `loader` is the last call that
    loads the rows themselves, where they are related ones.
    """

    load_only: ast.Call | None = None
    deferring: ast.Call | None = None
    loader: ast.Call | None = None

    @property
    def cause(self) -> ast.Call | None:
        return self.load_only or self.deferring


def column_options(scope: Scope, run: Run, path: Names, column: Column) -> ColumnOptions | None:
    """What leaves the column out of the rows at `path`; None if it is loaded, or nobody knows."""
    query = run.query
    if not query.narrowed and not (path and query.option_calls):
        return ColumnOptions() if column.deferred else None
    chains = tuple(loader_chains(scope, run)) if run.own and not query.conditional else ()
    if not chains or not all(chains):
        return None
    found = list(_at(chains, path))
    loading = [part.call for part in found if part.strategy not in COLUMN_LOADERS]
    loader = loading[-1] if loading else None
    only: ast.Call | None = None
    deferring: ast.Call | None = None
    for part in found:
        if part.strategy not in COLUMN_LOADERS:
            continue
        named = _names(part.call)
        if named is None:
            return None
        if part.strategy != "defer" and column.name in named:
            return None
        if part.strategy == "load_only":
            only = part.call
        elif part.strategy == "defer" and column.name in named:
            if deferring is not None:
                return None
            deferring = part.call
    if deferring is not None and only is not None:
        return None  # one of them alone would leave it out still
    if deferring is not None:
        return ColumnOptions(deferring=deferring)
    if only is not None and not column.primary_key:
        return ColumnOptions(load_only=only)
    return ColumnOptions(loader=loader) if column.deferred else None


def left_out(query: Query, column: Column) -> bool:
    """True if reading the column of a row that the query finds may send another one.

    An option that names columns is taken to leave out the others but those of the primary key.
    """
    if column.primary_key:
        return False
    for node in (node for call in query.option_calls for node in walk(call)):
        match node:
            case ast.Call(func=ast.Name(id="load_only") | ast.Attribute(attr="load_only")):
                if column.name in (_names(node) or ()):
                    return False
    return column.deferred or query.narrowed


def _at(chains: tuple[tuple[Part, ...], ...], path: Names) -> Iterator[Part]:
    """The calls that concern the rows at `path`: what loads them, and what says it of columns."""
    for chain in chains:
        reached: Names = ()
        for part in chain:
            if part.strategy not in COLUMN_LOADERS:
                if part.step is None:
                    break
                reached = (*reached, part.step.relationship.name)
            if reached == path:
                yield part


def _names(call: ast.Call) -> set[str] | None:
    """The columns that an option names; None if it may be any."""
    found = set()
    for argument in call.args:
        match argument:
            case ast.Attribute(attr=name):
                found.add(name)
            case ast.Constant(value=str() as name) if name != "*":
                found.add(name)
            case _:
                return None
    return None if call.keywords else found


def without(scope: Scope, run: Run, deferring: ast.Call) -> tuple[Patch, ...] | None:
    """The query without `defer(Post.body)`; None where that is a part of something else."""
    for call in run.query.option_calls:
        if deferring not in call.args or len(deferring.args) != 1 or call.keywords:
            continue
        if not isinstance(call.func, ast.Attribute):
            continue
        before = Copied(scope.place(call.func.value))
        rest, holes = listed((a for a in call.args if a is not deferring), scope.place)
        text = f"{{before}}.options({', '.join(rest)})" if rest else "{before}"
        replaced = Replace(scope.place(call), Code.of(text, before=before, **holes))
        dropped = (
            (DropImport(scope.place(call), deferring.func.id),)
            if isinstance(deferring.func, ast.Name)
            else ()
        )
        return (*dropped, replaced)
    return None
