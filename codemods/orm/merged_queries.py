"""Queries of a function that are one too many, in its order."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.orm.asked_again import asked_again
from codemods.orm.keyed_rows import keyed_rows
from codemods.orm.mentions import has_tests
from codemods.orm.nearby_queries import Merge
from codemods.orm.scalars import scalars
from codemods.orm.scope import Scope
from codemods.orm.told_by_rows import told_by_rows


def merged_queries(scope: Scope) -> Iterator[Merge]:
    """Every query that another one of the function could answer as well."""
    if len(scope.own_runs) < 2 or has_tests(scope.module, scope.index.root):
        return
    taken = set(scope.taken_names)
    told = dict(told_by_rows(scope))
    yield from told.values()
    yield from asked_again(scope, taken)
    yield from keyed_rows(scope, taken)
    yield from scalars(scope, told.keys(), taken)
