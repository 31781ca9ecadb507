"""Queries of a loop that another rule asks for all items at once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from codemods.orm.events import Run
from codemods.orm.hoisting import hoists

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


def asked_before_the_loop(scope: Scope, run: Run) -> bool:
    """True if `hoist-lookup` sends the query once for all items, which saves more."""
    return bool(run.loops) and id(run) in _hoisted(scope)


@lru_cache(maxsize=2)
def _hoisted(scope: Scope) -> frozenset[int]:
    return frozenset(id(hoist.lookup.run) for hoist in hoists(scope) if hoist.possible)
