"""MN206 batch-helper."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix
from codemods.orm import rounds
from codemods.orm.batch import batches
from codemods.orm.cascades import cascades
from codemods.orm.forwarding import forwarded
from codemods.orm.hoistable import hoistables
from codemods.orm.opaque_queries import opaque_calls
from codemods.orm.remembered import remembers
from codemods.orm.row_queries import row_queries
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN206")
def batch_helper(scope: Scope) -> Iterator[Finding]:
    """Fetch before a loop what a function asks for that the loop calls.

    ## What it does
    Finds functions that ask queries with a key which one or several of their parameters give, and
    that a loop calls for each of its items. The queries move into a function beside it that asks
    for all items at once. The helper takes what that found as an optional argument, which the loop
    hands over; called without it, the helper asks as before. One query becomes `regions_by_id()`
    and a dict, several become `load_x_data()` and a tuple of dicts.

    ## Why
    A query for each item is a round trip for each item, and a helper with five queries makes five
    of it. What the helper does besides its queries stays where it is, item by item and in order.
    A query that the helper asks under a condition is fetched for the items that meet it, and a row
    that it makes where there is none goes into what was fetched. Other callers stay as they are and
    send no more statements than before. Loops of which everything is proven change together; a loop
    with a doubt has a fix of its own, which is for review. Where a helper has such a batch function
    already, a loop that hands nothing over can fetch by it.

    ## Left alone
    What `hoist-lookup` leaves alone in a loop. Helpers whose parameters others depend on: methods
    that are overridden or override others, functions with decorators that are not seen through,
    caches, generators and recursive functions. Calls with arguments that differ from item to item
    and are not compared by equality, helpers that open a session of their own, and keys that are
    known in the loop only.
    Properties and methods of the rows themselves that send a query are reported without a fix:
    whether a relationship or a `column_property` should take their place is for a person; so are
    helpers that only read, and are told what to select or ask in ways that are not followed, and
    helpers that query in a loop of their own, which is to be mended first.

    ## Cost
    `1 + 5·techniques` statements become `1 + 5·⌈techniques/500⌉`.
    """
    places = {
        scope.place(found.invariant.run.node) for found in hoistables(scope) if found.possible
    }
    sent_by_others = {scope.place(run.call) for run in forwarded(scope)}
    in_pairs = {scope.place(run.call) for run in forwarded(scope) if run.with_more}
    for batch in batches(scope):
        if batch.place in places or (batch.place in sent_by_others and not batch.in_its_own_way):
            continue
        if batch.place in in_pairs:
            continue
        places.add(batch.place)
        if not batch.possible and (batch.site.by_chunks or remembers(batch.site)):
            continue
        yield Finding(
            code="MN206",
            name="batch-helper",
            message=batch.message,
            severity=rounds.severity(scope, batch.site.loops),
            place=batch.place,
            function=scope.name,
            related=tuple(batch.related),
            cost=batch.cost,
            fix=Fix(batch.title, batch.preconditions, batch.patches) if batch.possible else None,
            preconditions=batch.preconditions,
        )
    for found in row_queries(scope):
        if places.intersection(found.led) or found.place in sent_by_others:
            continue
        places.add(found.place)
        yield Finding(
            code="MN206",
            name="batch-helper",
            message=found.message,
            severity=rounds.severity(scope, (found.loop,)),
            place=found.place,
            function=scope.name,
            related=tuple(found.related),
            cost=found.cost,
            preconditions=(found.condition,),
        )
    places |= sent_by_others
    for query in (*opaque_calls(scope, places), *cascades(scope, places)):
        if query.place in places:
            continue
        places.add(query.place)
        yield Finding(
            code="MN206",
            name="batch-helper",
            message=query.message,
            severity=rounds.severity(scope, query.loops),
            place=query.place,
            function=scope.name,
            related=tuple(query.related),
            cost=query.cost,
            preconditions=(query.condition,),
        )
