"""The functions that get the rows of a query from the function that sends it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.orm.values import holds

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.frames import Code
    from codemods.orm.scope import Scope


def runs_of(scope: Scope, node: ast.AST) -> list[Run]:
    """The query of a node, as often as the function, or what it calls, sends it."""
    return [run for run in scope.runs if run.node is node]


def returned(scope: Scope, runs: list[Run]) -> bool:
    """True if the function gives back rows of these queries."""
    return any(holds(value, run) for value in scope.flow.root.returned for run in runs)


def receivers(scope: Scope, node: ast.AST) -> Iterator[tuple[Scope, list[Run]]]:
    """Those that get rows of the query from this function, or from one that has got them from it,
    each with the query as it has it."""
    if returned(scope, runs_of(scope, node)):
        yield from callers(scope, node, {scope.code})


def callers(
    scope: Scope, node: ast.AST, seen: set[Code], passed_on: bool = True
) -> Iterator[tuple[Scope, list[Run]]]:
    """The functions that call this one, and those that call them if the rows are `passed_on`."""
    program = scope.program
    if scope.code.facts is None:
        return
    for facts in program.words.mentions(scope.code.facts).functions:
        code = program.code(facts)
        if code is None or code in seen:
            continue
        seen.add(code)
        caller = program.scope(code)
        runs = runs_of(caller, node)
        yield caller, runs
        if passed_on and returned(caller, runs):
            yield from callers(caller, node, seen)
