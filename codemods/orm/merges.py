"""`session.merge()` of an object that the code has just made, for each item of a loop."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.orm import rounds
from codemods.orm.events import Act, Effect, Loop
from codemods.orm.mentions import is_test
from codemods.orm.values import Row
from codemods.project.model import Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass(frozen=True, eq=False)
class Merge:
    """A merge that asks the database for a row for each item."""

    scope: Scope
    loop: Loop
    call: Effect
    model: Model


def merges(scope: Scope) -> Iterator[Merge]:
    """The merges that a function's loops repeat, of objects that the session does not know."""
    if is_test(scope.module, scope.index.root):
        return
    for effect in scope.effects:
        if effect.act is not Act.ADD or not effect.loops or not effect.own:
            continue
        loop, node, row = effect.loops[-1], effect.node, effect.target
        if not isinstance(node, ast.Call) or rounds.called(node) != "merge" or not node.args:
            continue
        if any(keyword.arg == "load" for keyword in node.keywords):
            continue
        if not loop.is_statement or rounds.is_short(loop) or rounds.is_retried(loop):
            continue
        if isinstance(row, Row) and row.new and _has_key(scope, loop, node.args[0], row.model):
            yield Merge(scope, loop, effect, row.model)


def _has_key(scope: Scope, loop: Loop, given: ast.expr, model: Model) -> bool:
    """True if the object is made in the loop with a value for each part of its primary key."""
    made = _constructions(loop, given)
    return bool(made) and all(
        {*model.primary_key} <= {k.arg for k in call.keywords}
        or any(keyword.arg is None for keyword in call.keywords)
        for call in made
    )


def _constructions(loop: Loop, given: ast.expr) -> list[ast.Call]:
    if isinstance(given, ast.Call):
        return [given]
    if not isinstance(given, ast.Name):
        return []
    assigned = [
        node
        for node in rounds.body_of(loop)
        if isinstance(node, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id == given.id for t in node.targets)
    ]
    calls = [node.value for node in assigned if isinstance(node.value, ast.Call)]
    return calls if len(calls) == len(assigned) else []
