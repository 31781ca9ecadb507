"""Queries of loops that rules of their own tell of, and not the one for keys."""

from __future__ import annotations

from itertools import chain

from codemods.orm.events import Run
from codemods.orm.like_lookups import like_lookups
from codemods.orm.scope import Scope
from codemods.orm.windows import windows


def told_elsewhere(scope: Scope, run: Run) -> bool:
    """True for a query of a window, and for a search with LIKE."""
    return any(found.run is run for found in chain(windows(scope), like_lookups(scope)))
