"""What a flush does besides sending what is written: values that it makes, functions that it runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.events import Act, Effect, Run
from codemods.orm.sql import is_sql

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup
    from codemods.orm.scope import Scope
    from codemods.project.model import Model

SESSION_FLUSHES = frozenset({
    "before_flush", "after_flush", "after_flush_postexec", "pending_to_persistent",
    "persistent_to_deleted",
})  # fmt: skip
# What a session sends as an object is added to it.
SESSION_ADDS = frozenset({"before_attach", "after_attach", "transient_to_pending"})
_ROWS_FLUSHED = frozenset({
    "before_insert", "after_insert", "before_update", "after_update", "before_delete",
    "after_delete", "*",
})  # fmt: skip
# What `onupdate` gives to these is the same however often it is asked, the time aside.
_NOT_COUNTED = frozenset({"date", "datetime", "time", "str"})


def made_by_update(model: Model) -> set[str]:
    """The attributes that an UPDATE of a row gives values of their own, or makes it load again."""
    return {
        column.name for column in model.columns.values() if column.onupdate or column.expression
    }


def told_by_flushes(scope: Scope, writes: Sequence[Effect]) -> tuple[str, Effect] | None:
    """A write of which somebody can tell how often, and when, it is flushed; and why."""
    index = scope.index
    listened = any(_ROWS_FLUSHED & names for names in index.events.values())
    for effect in writes:
        if effect.act not in (Act.ADD, Act.DELETE, Act.SET, Act.APPEND):
            continue
        if SESSION_FLUSHES & index.session_events:
            return "a listener of the session runs in each flush", effect
        if effect.act is Act.ADD and SESSION_ADDS & index.session_events:
            return "a listener of the session may change each object that is added", effect
        model = effect.model
        if model is not None and model.events and listened:
            return f"a listener of {model.name} runs as the flush of a lookup writes this", effect
        if model is not None and effect.act is not Act.ADD and _counts(model):
            return f"each flush that writes a {model.name} may count on", effect
    return None


def _counts(model: Model) -> bool:
    """True if a row that is updated twice may have another number than one that is updated once."""
    columns = model.columns.values()
    return model.versioned or any(c.onupdate and c.python not in _NOT_COUNTED for c in columns)


def reads_of_updates(lookup: Lookup, writes: Sequence[Effect]) -> Effect | None:
    """A write whose UPDATE makes a value that is read before anything but a lookup flushes it."""
    for effect in writes:
        if effect.act in (Act.SET, Act.APPEND) and effect.model is not None:
            made = made_by_update(effect.model)
            if effect.value is not None and is_sql(effect.value):
                # `row.uses = Tag.uses + 1`, which the database works out
                made |= {effect.attribute or ""}
            if made and any(node.attr in made for node in _unflushed(lookup)):
                return effect
    return None


def _unflushed(lookup: Lookup) -> Iterator[ast.Attribute]:
    """What is read in the loop, in the functions that it calls, and after it before a flush."""
    loop, scope = lookup.loop, lookup.scope
    called = [frame.code.node for frame in scope.flow.frames if loop in frame.loops]
    for root in (loop.owner, *called):
        for node in walk(root):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                yield node
    yield from read_after(lookup)


def read_after(lookup: Lookup) -> Iterator[ast.Attribute]:
    """The attributes that are read below a loop before anything flushes what it has written."""
    scope, loop = lookup.scope, lookup.loop
    end = scope.source.span(loop.statement).end
    flushed = [
        scope.source.span(event.site).start
        for event in scope.events[loop.last + 1 :]
        if (isinstance(event, Effect) and event.act in (Act.FLUSH, Act.COMMIT))
        or (isinstance(event, Run) and not event.no_autoflush)
    ]
    first = min([start for start in flushed if start >= end], default=None)
    for node in walk(scope.node):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            start = scope.source.span(node).start
            if start >= end and (first is None or start <= first):
                yield node
