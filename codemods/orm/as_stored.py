"""Whether the values of rows in the session are those in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codemods.finding import Precondition
from codemods.orm.events import Act, Effect
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.whole_rows import loaded_models

if TYPE_CHECKING:
    from codemods.orm.row_lists import RowList

NAME = "as-stored"


def as_stored(rows: RowList) -> Precondition:
    """What the rows have in the session is what the database has (trap c4_14)."""
    scope, run = rows.scope, rows.run
    last = run.loops[0].last + 1 if run.loops else run.index
    before = scope.events[:last]
    names = {model.full_name for model in loaded_models(scope, rows.query)}

    def ours(effect: Effect) -> bool:
        return effect.model is None or effect.model.full_name in names

    changes = [
        effect
        for effect in effects(before, Act.SET, Act.ADD, Act.DELETE, Act.APPEND)
        if ours(effect)
    ]
    session = run.session
    flushes = session is not None and session.autoflush is True and not run.no_autoflush
    if changes and not flushes:
        return refuted(
            scope, NAME, "a change may not be in the database yet, which Python sees", changes[-1]
        )
    for effect in effects(before, Act.DML, Act.SQL):
        if ours(effect):
            return unknown(
                scope, NAME, "rows in the session may not have what this has written", effect
            )
    for effect in effects(before, Act.CALL):
        if effect.receives:
            text = f"{effect.callee}() may change rows, and nothing flushes them"
            if flushes:
                text = f"{effect.callee}() may write what the rows in the session do not have"
            return unknown(scope, NAME, text, effect)
    if not flushes:
        return unknown(
            scope, NAME, "whether the session flushes changes before a query is not known", run
        )
    return proven(NAME, "every change is flushed before the query")
