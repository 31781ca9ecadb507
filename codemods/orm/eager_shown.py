"""Whether the output has whatever is loaded of a row, so that an option would add to it."""

from __future__ import annotations

import ast

from codemods.finding import Precondition
from codemods.orm import eager_unread
from codemods.orm.eager import RowRead
from codemods.orm.events import Act
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.values import Items, Tuple, Unknown, Value, holds

NAME = "loading-not-shown"


def not_shown(read: RowRead) -> Precondition:
    """The rows are not handed to what writes out all that an object holds."""
    scope = read.scope
    shown = effects(scope.events[read.run.index :], Act.SHOW)
    for effect in shown:
        if effect.target is not None and holds(effect.target, read.run):
            if isinstance(effect.node, ast.Attribute):  # not an encoder, and not `vars(row)`
                reason = f"{ast.unparse(effect.node)} tells whether {read.label} is loaded"
                return unknown(scope, NAME, reason, effect)
            reason = f"{read.label} would be in the output, which has whatever is loaded"
            return refuted(scope, NAME, reason, effect)
    for effect in shown:
        if effect.target is not None and _may_hold(effect.target):
            reason = f"{read.label} may be in the output, which has whatever is loaded"
            return unknown(scope, NAME, reason, effect)
    if (later := eager_unread.shown_later(read)) is not None:
        return later
    return proven(NAME, "nothing writes out what is loaded of a row")


def _may_hold(value: Value) -> bool:
    """True if nothing is known of a part of the value, which may be a row."""
    match value:
        case Unknown():
            return value.tainted
        case Items(element=element, mapped=mapped):
            return _may_hold(element) or (mapped is not None and _may_hold(mapped))
        case Tuple(elements=elements):
            return any(map(_may_hold, elements))
    return False
