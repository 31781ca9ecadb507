"""MN205 hoist-invariant."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix
from codemods.orm import rounds
from codemods.orm.hoistable import hoistables
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN205")
def hoist_invariant(scope: Scope) -> Iterator[Finding]:
    """Send a query before a loop that asks for the same in every iteration.

    ## What it does
    Finds queries in a loop that nothing in the loop has a part in, neither its items nor anything
    that it assigns or writes, and sends them once, before the loop, if the loop has an item. What
    is read once, as a result of `scalars()` is, becomes a list, and a list that the loop changes
    or keeps is copied for each item. The same holds for a call of a function that does nothing but
    send such a query, and gives back a row or a value.

    ## Why
    The answer is the same each time, and the round trip is not free. Around nested loops the query
    goes before the outermost one that it does not depend on.

    ## Left alone
    Queries with a key that an item gives, which are `hoist-lookup`'s; queries of tables that the
    loop writes; loops that commit, roll back, expire or detach the rows; functions of the database
    such as `random()` and `now()`; FOR UPDATE; `get()`, which the session answers itself the second
    time; `while` loops, which may be waiting for another answer, and `for attempt in range(retries)`,
    which tries again because somebody else has written. A query under a condition, one
    after something else has happened in the loop, one that reads the attributes of an object whose
    methods the loop calls, and one in a generator are for review.

    ## Cost
    `1 + orders` statements become `2`, or `1` where there are no orders.
    """
    for found in hoistables(scope):
        yield Finding(
            code="MN205",
            name="hoist-invariant",
            message=found.message,
            severity=rounds.severity(scope, found.invariant.run.loops),
            place=found.place,
            function=scope.name,
            related=tuple(found.related),
            cost=found.cost,
            fix=Fix.if_possible(found.title, found.preconditions, found.patches),
            preconditions=found.preconditions,
        )
