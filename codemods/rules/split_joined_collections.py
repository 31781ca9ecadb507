"""MN104 split-joined-collections."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Severity
from codemods.orm.joined_loads import joined_loads
from codemods.orm.scope import Scope
from codemods.rule import Default, rule


@rule("MN104", Default.REVIEW)
def split_joined_collections(scope: Scope) -> Iterator[Finding]:
    """Load collections with statements of their own where one statement joins several.

    ## What it does
    Finds queries that load two or more collections with `joinedload()`, side by side or one in the
    other, or one together with a LIMIT, and makes it `selectinload()`. Related rows that are loaded
    below such a collection stay joined to it. A query that joins more relationships than
    `max-joins` (3) is split after that many.

    ## Why
    A join gives a row for every pair: an order with 20 lines and 5 payments comes 100 times, and
    SQLAlchemy drops 99 of them in Python. Two statements more fetch 25 rows. Under a LIMIT the
    query has to go into a subquery before a collection can be joined to it, or the LIMIT would
    count lines. Joined eager loads help where they are few: a review of loading strategies that is
    passed around has a chain of five as the case where they backfire.

    ## Left alone
    One collection, joined without a LIMIT; `first()` and `one()` of such a query, however many
    relationships it joins that are no collections; `contains_eager()`; relationships that the model
    declares with `lazy="joined"`. Inner joins and locked rows are told: other rows would be found,
    or locked. Always for review, as more statements are sent.

    ## Cost
    `1` statement with `lines·payments` rows becomes `1 + ⌈orders/500⌉ + ⌈orders/500⌉` with
    `orders + lines + payments`.
    """
    for found in joined_loads(scope):
        yield Finding(
            code="MN104",
            name="split-joined-collections",
            message=found.message,
            severity=Severity.LOW,
            place=scope.place(found.node),
            function=scope.name,
            cost=found.cost,
            fix=Fix.if_possible(found.title, found.preconditions, found.patches),
            preconditions=found.preconditions,
        )
