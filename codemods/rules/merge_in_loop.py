"""MN405 merge-in-loop."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Amount, Cost, Finding, Role
from codemods.orm import rounds
from codemods.orm.merges import merges
from codemods.orm.naming import plural, snake
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN405")
def merge_in_loop(scope: Scope) -> Iterator[Finding]:
    """Do not let merge() ask for the rows of a loop one by one.

    ## What it does
    Finds `session.merge()` in a loop, of an object that the loop has made with its primary key.
    Each of these calls sends a SELECT for the row with this key, unless the session holds it.

    ## Why
    The rows that are there can be fetched by one query for all keys before the loop, and kept in a
    variable: `merge()` then finds them in the session and sends nothing. An upsert
    (`insert(M).on_conflict_do_update(...)` of the database's dialect) needs no SELECT at all.

    ## Left alone
    `merge(..., load=False)`; objects without a key, which are simply added; rows of a query; loops
    over a few literal items; tests.

    ## Cost
    `tags` statements, where `⌈tags/500⌉` would do.
    """
    for found in merges(scope):
        name = snake(found.model.name).replace("_", " ")
        times = rounds.times(found.call.loops)
        yield Finding(
            code="MN405",
            name="merge-in-loop",
            message=f"merge() asks for one {name} per {rounds.item_of(found.loop)}",
            severity=rounds.severity(scope, found.call.loops),
            place=scope.place(found.call.node),
            function=scope.name,
            related=(
                scope.note(
                    Role.LOOP,
                    found.loop.iterable,
                    f"the {plural(snake(found.model.name))} could be fetched before this loop",
                ),
            ),
            cost=Cost(Amount(times, times), None),
        )
