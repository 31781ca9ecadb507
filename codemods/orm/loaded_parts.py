"""Collections of a query's rows of which a loop uses parts alone, and how they are loaded."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from codemods.orm import eager
from codemods.orm.partial_reads import PartialRead, partial_reads
from codemods.orm.row_reads import row_reads
from codemods.orm.unused_loads import UnusedLoad, plain_options
from codemods.orm.values import holds
from codemods.orm.watching import everywhere

if TYPE_CHECKING:
    from codemods.orm.events import Loop, Read, Run
    from codemods.orm.scope import Scope
    from codemods.orm.values import Origin, Step

_DECLARED = frozenset({"selectin", "joined", "subquery", "immediate"})


@dataclass(frozen=True, eq=False)
class LoadedParts:
    """A collection, and all that the code does with it on the rows of `run`.

    `how` is `lazy` where it is loaded once per row, `option` for the option of the query, which is
    `option`, and `declared` where the class says that it comes with every row.
    """

    scope: Scope
    run: Run
    step: Step
    reads: tuple[tuple[Read, PartialRead], ...]
    loop: Loop
    how: Literal["lazy", "option", "declared"]
    option: UnusedLoad | None = None

    @property
    def returned(self) -> bool:
        """True if the rows leave the function."""
        return any(holds(value, self.run) for value in self.scope.flow.root.returned)


def loaded_parts(scope: Scope) -> Iterator[LoadedParts]:
    """Every collection of which the function itself wants no more than parts."""
    grouped: dict[tuple[Run, int, str], list[tuple[Read, Origin]]] = {}
    for read in scope.reads:
        if read.step.relationship.uselist and read.step.relationship.target is not None:
            for origin in read.row.origins:
                if origin.run is not None:
                    key = origin.run, origin.entity, read.step.relationship.name
                    grouped.setdefault(key, []).append((read, origin))
    for (run, entity, name), found in grouped.items():
        parts = [(read, partial_reads(scope, read)) for read, _ in found]
        reads = tuple((read, part) for read, wanted in parts for part in wanted)
        loop = next((x for x in map(_loop, found) if x is not None), None)
        if not all(wanted for _, wanted in parts) or loop is None or not run.own:
            continue
        if any(origin.path or _loop((read, origin)) is None for read, origin in found):
            continue
        if all(part.wanted == "there" for _, part in reads):
            continue
        step = found[0][0].step
        if step.relationship.lazy in ("select", None) and not eager.strategy(run.query, (name,)):
            lazy = (r for r in row_reads(scope) if r.run is run and r.entity == entity)
            if any(_names(r) == (name,) for r in lazy):
                yield LoadedParts(scope, run, step, reads, loop, "lazy")
            continue
        loaded = LoadedParts(scope, run, step, reads, loop, "declared")
        option = _option(scope, run, name)
        if option is not None:
            loaded = LoadedParts(scope, run, step, reads, loop, "option", option)
        elif step.relationship.lazy not in _DECLARED or run.query.loaders or run.query.option_calls:
            continue
        if _is_all(loaded):
            yield loaded


def _names(read: eager.RowRead) -> tuple[str, ...]:
    return eager.path_names(read.path)


def _loop(found: tuple[Read, Origin]) -> Loop | None:
    """The loop over the rows of the query."""
    read, origin = found
    return next(filter(read.repeated_in, origin.via), None)


def _option(scope: Scope, run: Run, name: str) -> UnusedLoad | None:
    """The option that loads the collection, and nothing else."""
    deeper = [names for _, names in eager.loaders(run.query) if names[:1] == (name,)]
    if deeper != [(name,)]:
        return None
    for call, option, loader in plain_options(scope, run):
        if [step.relationship.name for step in loader.path or ()] == [name]:
            return UnusedLoad(scope, run, call, option, loader, 0)
    return None


def _is_all(loaded: LoadedParts) -> bool:
    """True if it is seen that nobody else reads the collection on the rows."""
    seen = everywhere(loaded.scope.program, loaded.scope.code, loaded.run)
    if seen is None:
        return False
    known: set[ast.AST] = {read.node for read, _ in loaded.reads}
    return all(
        read.node in known
        for watch, _ in seen
        for read in watch.reads
        if read.step.relationship.name == loaded.step.relationship.name
    )
