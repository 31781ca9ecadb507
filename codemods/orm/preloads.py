"""Lookups whose keys are known in the loop only: all rows that they could find, fetched before."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.finding import Status
from codemods.orm.key_loops import Collection, Level, NotCollectable
from codemods.orm.keys import is_textual, keys_equal
from codemods.patch import Copied

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup

_KINDS = frozenset({"row", "value", "columns", "exists", "count"})


def preload(lookup: Lookup, problem: NotCollectable) -> Collection | None:
    """The fetch of all rows, where a dict of them answers as the lookups do; else None."""
    scope, run = lookup.scope, lookup.run
    outermost = run.loops[0]
    if lookup.kind not in _KINDS or lookup.is_get or any(part.attribute for part in lookup.parts):
        return None
    if isinstance(outermost.node, ast.While | ast.AsyncFor):
        return None
    for part in lookup.parts:
        is_text = part.column.python == "str"
        textual = not is_text and is_textual(part.operand, run.loops)
        status = keys_equal(scope, part, run, textual).status
        if status is Status.REFUTED or (status is Status.UNKNOWN and not is_text):
            return None
    level = Level(outermost, "", Copied(scope.place(outermost.iterable)))
    return Collection([level], [], preload=problem)
