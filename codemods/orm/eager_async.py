"""Relationships that async code reads on a single row, where a lazy load raises MissingGreenlet."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.finding import Cost
from codemods.orm import eager
from codemods.orm.eager import Names, RowRead, path_names
from codemods.orm.events import Act, Effect, Loop, Read, Run
from codemods.orm.preconditions import effects
from codemods.orm.values import ANYTHING, Origin, Step

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass(frozen=True)
class LoneRead(RowRead):
    """A lazy load that is tried once, and cannot be had: there is nothing to count."""

    @property
    def cost(self) -> Cost | None:
        return None


def lone_reads(scope: Scope, others: Iterable[RowRead]) -> Iterator[LoneRead]:
    """The reads of a row that was not gone through in a loop.

    Args:
        others: what is read in loops; an option for one of those loads what lies on its way.
    """
    asynchronous = [r for r in scope.runs if r.session is not None and r.session.asynchronous]
    if not asynchronous:
        return
    longer = {(other.run, other.entity, path_names(other.path)) for other in others}
    found: dict[tuple[Run, int, Names], LoneRead] = {}
    for read in scope.reads:
        for origin in read.row.origins:
            path = eager.shortened((*origin.path, read.step))
            if origin.run not in asynchronous or not path or len(read.row.origins) > 1:
                continue
            assert origin.run is not None
            lone = lone_read(scope, read, origin, path)
            if lone.fails and is_loaded_alone(lone):
                found.setdefault((lone.run, lone.entity, path_names(path)), lone)
    keys = longer | found.keys()
    for (run, entity, names), lone in found.items():
        beyond = any(
            other[:2] == (run, entity) and other[2][: len(names)] == names and other[2] != names
            for other in keys
        )
        if not beyond and not _seen_below(lone):
            yield lone


def lone_read(scope: Scope, read: Read, origin: Origin, path: tuple[Step, ...]) -> LoneRead:
    """The read of a relationship on the one row of a query."""
    run = origin.run
    assert run is not None
    root = run.query.roots[0]
    nowhere = ast.comprehension(ast.Name("_"), root, [], 0)
    once = Loop(
        nowhere, nowhere, root, ANYTHING, ANYTHING, (), -1, run.statement, run.frame,
        branches=run.branches, first=run.index, last=read.index, once=True,
    )  # fmt: skip
    return LoneRead(scope, run, origin.entity, path, (read,), once, origin, {})


def is_loaded_alone(lone: LoneRead) -> bool:
    """True if nothing can have loaded what is read, as far as that is seen."""
    scope, run, read = lone.scope, lone.run, lone.first
    if eager.in_loop(read, run, lone.entity) or not eager.is_lazy(lone):
        return False
    if read.no_autoflush and not run.no_autoflush:
        return False
    names, target = path_names(lone.path), lone.step.relationship.target
    if eager.unclear(run.query, names):
        return False
    if any(names[-1] in whole for _, whole in eager.loaders(run.query)):
        # the row itself may be what another path leads to
        return False
    for event in scope.events[: read.index]:
        match event:
            case Read(step=step, row=row) if event.awaited or event.reload:
                if step.relationship.name == names[-1] and row.model is read.row.model:
                    return False
            case Run() if event is not run and _brings(event, target, names[-1]):
                return False
            case Effect(act=Act.SET, attribute=attribute) if attribute == names[-1]:
                return False
            case Effect(act=Act.ADD, model=model) if model is None or model is read.row.model:
                return False
    between = scope.between(run.index, read.index)
    known = not any(effect.receives for effect in effects(between, Act.CALL))
    return known and not effects(between, Act.REFRESH, Act.EXPUNGE, Act.CLOSE, Act.YIELD)


def _brings(run: Run, target: str | None, name: str) -> bool:
    """True if another query may have loaded the target, or the relationship."""
    if any(entity.model and entity.model.full_name == target for entity in run.query.entities):
        return True
    return any(loader is None for loader in run.query.loaders) or any(
        name in whole for _, whole in eager.loaders(run.query)
    )


def _seen_below(lone: LoneRead) -> bool:
    """True if all of it happens in one function that is called here, and is found there too."""
    chains = [lone.run.frame.chain, lone.first.frame.chain]
    common = [steps[0] for steps in zip(*chains, strict=False) if len(set(steps)) == 1]
    deepest = common[-1]
    if deepest.caller is None or deepest.code.facts is None:
        return False
    below = lone.scope.program.scope(deepest.code)
    return any(
        other.run.node is lone.run.node
        and path_names(other.path) == path_names(lone.path)
        and other.first.node is lone.first.node
        for other in lone_reads(below, ())
    )
