"""Listeners for queries, and classes of queries, whose answers depend on what a loop changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codemods.finding import Precondition
from codemods.orm import preconditions
from codemods.orm.heard_loading import heard
from codemods.orm.lookup_shapes import LISTS, NUMBERS
from codemods.orm.observable import changes_elsewhere
from codemods.orm.preconditions import proven, unknown
from codemods.orm.whole_rows import FILTERED, all_loaded

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup


def same_rows(lookup: Lookup) -> Precondition:
    """Where another query is asked than the one that loads rows, it finds what these are."""
    scope, run, legacy = lookup.scope, lookup.run, lookup.query.style == "legacy"
    numbers = lookup.kind in NUMBERS
    # one of several rows is picked by a subquery, of which a listener may not think
    ranked = (lookup.kind not in LISTS and not lookup.is_unique) or lookup.limit is not None
    hook = None
    if numbers or ranked or lookup.tested is not None:
        hook = preconditions.query_hook(scope, legacy)
    elif legacy and run.terminal != "iterate":
        # the fetch goes over the query, and calls no `all()` of such a class
        hook = preconditions.own_queries(scope)
    if hook is not None:
        return unknown(scope, FILTERED, hook, run)
    if lookup.kind in ("row", "rows"):
        model = lookup.model
        told = heard(scope, (model.full_name, *model.parents, *model.children))
        if told is not None:
            return unknown(scope, FILTERED, told, run)
    picked = lookup.kind == "row" and (lookup.tested is not None or not lookup.is_unique)
    if picked or lookup.kind == "totals" or lookup.limit is not None:
        return all_loaded(scope, lookup.query, run)
    return steady(lookup)


def steady(lookup: Lookup) -> Precondition:
    """No listener finds other rows for one item than for another."""
    scope, legacy = lookup.scope, lookup.query.style == "legacy"
    hook = preconditions.query_hook(scope, legacy)
    if hook is not None and changes_elsewhere(scope, lookup.loop):
        text = f"{hook}, by something that the loop sets"
        return unknown(scope, FILTERED, text, lookup.run)
    return proven(FILTERED, "the same rows are loaded, or none were")
