"""Rows that a loop adds and flushes one by one, for the keys that the database gives them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.finding import Precondition
from codemods.orm import commit_reasons as reasons
from codemods.orm import rounds
from codemods.orm.commits import is_repeated
from codemods.orm.events import Act, Effect, Loop
from codemods.orm.mentions import is_test
from codemods.orm.moments import position
from codemods.orm.preconditions import refuted
from codemods.project.model import Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass(frozen=True, eq=False)
class FlushedRow:
    """A row of `model` that `flush` inserts alone, as `read` reads its key in the same loop."""

    scope: Scope = field(repr=False)
    loop: Loop
    model: Model
    flush: Effect
    read: ast.Attribute

    @property
    def condition(self) -> Precondition:
        reason = (
            f"`{ast.unparse(self.read)}` is read in the loop: relate rows by the objects, or make keys in "
            "Python, and one flush after the loop inserts all rows"
        )
        return refuted(self.scope, "key-not-read", reason)


def flushed_rows(scope: Scope) -> Iterator[FlushedRow]:
    """The rows of a function's loops that are flushed each for its key alone."""
    if is_test(scope.module, scope.index.root):
        return
    seen: set[Loop] = set()
    for effect in scope.effects:
        if effect.act is not Act.FLUSH or not effect.own or not effect.loops:
            continue
        loop = effect.loops[-1]
        if loop in seen or loop.frame is not scope.flow.root:
            continue
        if not is_repeated(scope, loop, effect) or _commits(scope, loop):
            continue
        found = _flushed(scope, loop, effect)
        if found is not None:
            seen.add(loop)
            yield found


def _commits(scope: Scope, loop: Loop) -> bool:
    """True where each item ends the transaction, which is told as such."""
    within = reasons.within(scope, loop)
    return any(isinstance(event, Effect) and event.act is Act.COMMIT for event in within)


def _flushed(scope: Scope, loop: Loop, flush: Effect) -> FlushedRow | None:
    for effect in reasons.within(scope, loop):
        if (
            not isinstance(effect, Effect)
            or effect.act is not Act.ADD
            or effect.index > flush.index
        ):
            continue
        model, name = effect.model, _added(effect.node)
        if model is None or name is None or not effect.own or effect.loops != flush.loops:
            continue
        keys = [model.columns[each] for each in model.primary_key]
        if not keys or any(key.default or key.python != "int" for key in keys):
            continue
        for node in rounds.body_of(loop):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.ctx, ast.Load)
                and isinstance(node.value, ast.Name)
                and node.value.id == name
                and node.attr in model.primary_key
                and position(node) > position(flush.node)
            ):
                return FlushedRow(scope, loop, model, flush, node)
    return None


def _added(node: ast.AST) -> str | None:
    match node:
        case ast.Call(func=ast.Attribute(attr="add"), args=[ast.Name(id=name)]):
            return name
    return None
