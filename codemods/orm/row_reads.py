"""What a function reads row by row: the places of `eager-load`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.orm.doubts import doubtful
from codemods.orm.eager import Names, RowRead, in_loop, is_lazy, path_names, shortened
from codemods.orm.growth import SINGLE, grows
from codemods.orm.values import Origin, Step

if TYPE_CHECKING:
    from codemods.orm.events import Read, Run
    from codemods.orm.frames import Code, Program
    from codemods.orm.scope import Scope


def row_reads(scope: Scope) -> tuple[RowRead, ...]:
    """Every relationship of the scope that is loaded row by row, once per query and path, but for
    what is found in a function that is called here."""
    return tuple(read for read in _with_those_below(scope) if not _seen_below(read))


def _with_those_below(scope: Scope) -> tuple[RowRead, ...]:
    known = scope.program.one(_none_known)
    if scope.code not in known:
        known[scope.code] = tuple(_found(scope))
    return known[scope.code]


def _none_known(program: Program) -> dict[Code, tuple[RowRead, ...]]:
    return {}


def _found(scope: Scope) -> Iterator[RowRead]:
    grouped: dict[tuple[Run, int], dict[Names, list[tuple[Read, Origin, tuple[Step, ...]]]]] = {}
    for read in scope.reads:
        for origin in read.row.origins:
            if origin.run is None:
                continue
            path = shortened((*origin.path, read.step))
            reads = grouped.setdefault((origin.run, origin.entity), {})
            if path:
                reads.setdefault(path_names(path), []).append((read, origin, path))
    for (run, entity), paths in grouped.items():
        others = {names: tuple(read for read, _, _ in found) for names, found in paths.items()}
        for found in paths.values():
            inside = [item for item in found if in_loop(item[0], run, entity)]
            if not inside:
                continue
            read, origin, path = min(inside, key=lambda item: item[1].partial)
            loop = next(loop for loop in origin.via if loop in read.loops)
            uses = tuple(dict.fromkeys(read for read, _, _ in inside))
            candidate = RowRead(scope, run, entity, path, uses, loop, origin, others)
            telling = is_lazy(candidate) and grows(candidate) and not _too_deep(candidate)
            if telling and not doubtful(candidate):
                yield candidate


def _too_deep(read: RowRead) -> bool:
    """True for what a renderer reads many steps below the rows: it renders whole object graphs,
    of which nobody loads the far ends with the one query."""
    rendered = any(frame.code.renderer is not None for frame in read.first.frame.chain)
    return rendered and len(read.path) > (2 if read.run.terminal in SINGLE else 3)


def _seen_below(read: RowRead) -> bool:
    """True if all of it happens in one function that is called here, and is found there too."""
    chains = [read.run.frame.chain, read.first.frame.chain, read.loop.frame.chain]
    common = [steps[0] for steps in zip(*chains, strict=False) if len(set(steps)) == 1]
    deepest = common[-1]
    if deepest.caller is None:
        return False
    return any(
        other.run.node is read.run.node
        and path_names(other.path) == path_names(read.path)
        and other.loop.node is read.loop.node
        for other in _with_those_below(read.scope.program.scope(deepest.code))
    )
