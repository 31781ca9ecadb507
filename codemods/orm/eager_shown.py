"""Whether the output has whatever is loaded of a row, so that an option would add to it."""

from __future__ import annotations

from codemods.finding import Precondition
from codemods.orm.eager import RowRead
from codemods.orm.events import Act
from codemods.orm.preconditions import effects, proven, refuted
from codemods.orm.values import holds

NAME = "loading-not-shown"


def not_shown(read: RowRead) -> Precondition:
    """The rows are not handed to what writes out all that an object holds."""
    scope = read.scope
    for effect in effects(scope.events[read.run.index :], Act.SHOW):
        if effect.target is not None and holds(effect.target, read.run):
            reason = f"{read.label} would be in the output, which has whatever is loaded"
            return refuted(scope, NAME, reason, effect)
    return proven(NAME, "nothing writes out what is loaded of a row")
