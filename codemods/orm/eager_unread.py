"""Rows whose related row is not loaded today, as their key is NULL, and would be by an option.

They have None for it then, where nothing is known of it today: who gets the rows may see that, or
give them a key and read the relationship for the first time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.finding import Precondition
from codemods.orm.events import Act, Effect, Run
from codemods.orm.preconditions import effects, unknown
from codemods.orm.receivers import callers, receivers, returned, runs_of
from codemods.orm.values import holds

if TYPE_CHECKING:
    from codemods.orm.eager import RowRead
    from codemods.orm.scope import Scope
    from codemods.project.model import Model


def shown_later(read: RowRead) -> Precondition | None:
    """A caller that writes out what is loaded of the rows."""
    for scope, runs in _receivers(read):
        for effect in effects(scope.events, Act.SHOW):
            if effect.target is not None and any(holds(effect.target, run) for run in runs):
                text = (
                    f"{scope.code.title} writes out what is loaded of the rows, and the option "
                    f"loads {read.label} for those without one, too"
                )
                return unknown(read.scope, "loading-not-shown", text, read.run)
    return None


def key_given_later(read: RowRead) -> Precondition | None:
    """A place behind the loop that gives a row another key, where the rows leave the function."""
    if not read.step.relationship.found_by_key:
        return None
    for scope in _gives_keys(read):
        text = (
            f"{scope.code.title} gives rows another {read.step.relationship.name}, and the "
            "option would have noted that they have none"
        )
        return unknown(read.scope, "nothing-written", text, read.run)
    return None


def _gives_keys(read: RowRead) -> Iterator[Scope]:
    getting = [scope for scope, _ in _receivers(read)]
    yield from (scope for scope in getting if _key_given(read, scope))
    if _all_read(read):
        return
    # the rows of a caller are these, where it has asked for them before
    for scope, _ in callers(read.scope, read.run.node, {read.scope.code}, passed_on=False):
        if scope not in getting and (given := _key_given(read, scope)) is not None:
            later = (each for each in scope.reads if each.index > given.index)
            if any(each.step.relationship == read.step.relationship for each in later):
                yield scope


def _key_given(read: RowRead, scope: Scope) -> Effect | None:
    for effect in effects(scope.events, Act.SET, Act.DML):
        if scope is read.scope and effect.index < read.loop.last:
            continue
        if _gives_key(read, effect):
            return effect
    return None


def _receivers(read: RowRead) -> Iterator[tuple[Scope, list[Run]]]:
    """The function, if it returns rows that it leaves unread, and those that get them from it."""
    own = runs_of(read.scope, read.run.node)
    if not _all_read(read) and returned(read.scope, own):
        yield read.scope, own
        yield from receivers(read.scope, read.run.node)


def _all_read(read: RowRead) -> bool:
    """True if a read comes in each round of the loop, whether the key is NULL or not."""
    return any(
        read.loop in each.loops
        and not each.conditional_in(read.loop)
        and not any(
            read.run.index < exit_.index < each.index
            and exit_.loop is not None
            and exit_.loop in each.loops
            and exit_.skips(each.frame)
            for exit_ in read.scope.all_exits
        )
        for each in read.reads
    )


def _gives_key(read: RowRead, effect: Effect) -> bool:
    model, keys = read.step.model, read.step.relationship.keys
    if effect.model is not None and not _related(effect.model, model):
        return False
    return effect.act is Act.DML or effect.attribute is None or effect.attribute in keys


def _related(one: Model, other: Model) -> bool:
    return one.full_name in {other.full_name, *other.parents, *other.children}
