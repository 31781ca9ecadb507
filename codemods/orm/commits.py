"""Commits, flushes and refreshes that a loop repeats for each of its items."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm import commit_reasons as reasons
from codemods.orm import rounds
from codemods.orm.events import Act, Effect, Loop, Read, Run
from codemods.orm.mentions import is_test

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass(frozen=True, eq=False)
class Repeated:
    """What is sent to the database in each iteration of one loop, for each of its items alone.

    Args:
        effects: commits, or else flushes, and refreshes.
        more: further commits that the same item comes to, or may come to.
    """

    scope: Scope
    loop: Loop
    effects: tuple[Effect, ...]
    more: tuple[Effect, ...] = ()

    @property
    def first(self) -> Effect:
        return self.effects[0]

    def has(self, act: Act) -> bool:
        return any(effect.act is act for effect in self.effects)

    @cached_property
    def statement(self) -> ast.stmt | None:
        """The statement that the first of them is, in the function that it is written in."""
        home = self.scope.program.home(self.first.node)
        top = self.scope.node if self.first.own or home is None else home.node
        for node in walk(top):
            if isinstance(node, ast.Expr):
                value = node.value.value if isinstance(node.value, ast.Await) else node.value
                if value is self.first.node:
                    return node
        return None

    @cached_property
    def loops(self) -> tuple[Loop, ...]:
        """The loops around it, outermost first."""
        return self.first.loops

    @property
    def times(self) -> str:
        return rounds.times(self.loops)

    @property
    def sometimes(self) -> bool:
        """True if not every item comes to all of them."""
        sent = (self.first, *self.more)
        return any(reasons.sometimes(self.scope, self.loop, effect) for effect in sent)

    @property
    def often(self) -> int:
        """How many times at most one item comes to the first of them."""
        return 1 + len(self.more)

    @property
    def helper(self) -> str | None:
        """The function called in the loop that leads to the first of them."""
        chain = self.first.frame.chain
        return chain[1].code.title if len(chain) > 1 else None


def repeated(scope: Scope) -> Iterator[Repeated]:
    """The loops of a function that commit, flush or refresh for each item, for no visible reason."""
    if is_test(scope.module, scope.index.root) or reasons.is_migration(scope):
        return
    by_loop: dict[Loop, list[Effect]] = defaultdict(list)
    for effect in scope.effects:
        if effect.act in (Act.COMMIT, Act.FLUSH, Act.REFRESH) and effect.repeated:
            loop = effect.loops[-1]
            if loop.frame is scope.flow.root and is_repeated(scope, loop, effect):
                by_loop[loop].append(effect)
    for loop, effects in by_loop.items():
        chosen = _chosen(scope, loop, effects)
        if chosen:
            yield Repeated(scope, loop, chosen, _more(chosen[0], effects))


def _more(first: Effect, effects: Sequence[Effect]) -> tuple[Effect, ...]:
    """The others like `first` in the loop itself, without those of the other arm of an `if`."""
    arms = {branch.node: branch.arm for branch in first.branches}
    return tuple(
        other
        for other in effects
        if other is not first
        and (other.act, other.own) == (first.act, True)
        and first.own
        and all(arms.get(branch.node, branch.arm) == branch.arm for branch in other.branches)
    )


def _chosen(scope: Scope, loop: Loop, effects: Sequence[Effect]) -> tuple[Effect, ...]:
    """Those of a loop's effects that are worth a word."""
    commits = [effect for effect in effects if effect.act is Act.COMMIT]
    refreshes = [effect for effect in effects if effect.act is Act.REFRESH]
    if commits:
        if reasons.shows_progress(loop, commits, reasons.within(scope, loop)):
            return ()
        return (*commits[:1], *refreshes[:1])
    if refreshes:
        return tuple(refreshes[:1])
    flushes = [effect for effect in effects if effect.act is Act.FLUSH]
    return tuple(flushes[:1]) if flushes and not _needs_flush(scope, loop) else ()


def is_repeated(scope: Scope, loop: Loop, effect: Effect) -> bool:
    """True if an effect happens for each item, through a session that is there before the loop."""
    if isinstance(loop.node, ast.While) or loop.deferred:
        return False
    if rounds.is_short(loop) or rounds.in_chunks(loop) or rounds.is_retried(loop):
        return False
    return not (
        rounds.is_of_constants(scope, loop)
        or reasons.own_session(loop, effect)
        or reasons.remembered(effect)
        or reasons.now_and_then(scope, loop, effect)
        or reasons.last_thing(scope, loop, effect)
        or reasons.in_handler(scope, loop, effect)
        or reasons.tolerated(scope, loop, effect)
        or reasons.has_reason(scope, loop)
    )


def _needs_flush(scope: Scope, loop: Loop) -> bool:
    """True if the loop may need what a flush does: keys, rows that queries find, errors."""
    for event in reasons.within(scope, loop):
        if isinstance(event, Run | Read):
            return True
        if isinstance(event, Effect) and (
            event.act in (Act.DML, Act.SQL) or (event.act is Act.CALL and event.receives)
        ):
            return True
    return reads_keys(scope, loop)


def reads_keys(scope: Scope, loop: Loop) -> bool:
    """True if the loop may read the key of a row that it has added."""
    keys = {"id", "pk", "uuid"}
    for event in reasons.within(scope, loop):
        if isinstance(event, Effect) and event.model is not None:
            keys.update(event.model.primary_key)
    loaded = {name for outer in (*loop.parents, loop) for name in outer.names}
    bodies: list[Iterable[ast.AST]] = [rounds.body_of(loop)]
    bodies += [
        walk(frame.code.node)
        for frame in scope.flow.frames
        if loop in frame.loops and frame.caller is not None
    ]
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in keys
        and isinstance(node.ctx, ast.Load)
        and not (isinstance(node.value, ast.Name) and node.value.id in loaded)
        for body in bodies
        for node in body
    )
