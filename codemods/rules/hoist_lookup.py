"""MN201 hoist-lookup."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix
from codemods.orm import rounds
from codemods.orm.forwarding import forwarded
from codemods.orm.hoisting import hoists
from codemods.orm.opaque_queries import opaque_queries
from codemods.orm.scope import Scope
from codemods.orm.told_elsewhere import told_elsewhere
from codemods.rule import rule


@rule("MN201")
def hoist_lookup(scope: Scope) -> Iterator[Finding]:
    """Fetch what a loop looks up one by one, before the loop.

    ## What it does
    Finds queries in a loop that ask for the rows, the number of rows or the existence of rows with
    a key that the loop's item gives, and replaces them by one query for all keys before the loop
    and a dict or a set: `filter(Order.id == line.order_id).first()` becomes
    `filter(Order.id.in_(ids))` and `orders.get(line.order_id)`. Where only the length and sums of
    a list are used, the database counts and adds up; where the keys are known in the loop only, all
    rows that the rest of the query finds are fetched (for review). A LIMIT becomes one for each
    key; a query that conditions outside of the loop build in steps is built in the same steps; a
    key in a joined table, or in `func.lower()`, is selected next to the rows; what raised, or
    answered with 404, for one item still does so at that item. A function that serves any class and
    only sends a query, like `find_one(**criteria)` of a repository, is seen as if the loop sent it; one
    that raises or makes a row where it finds none is still called for what was not found.

    ## Why
    A query for each item is a round trip for each item. Conditions that do not depend on the item,
    joins, options and the order stay in the one query; keys are asked for once, 500 at a time, and
    none at all for an empty loop. Where a relationship leads to the row, the alternative is to load
    it with the query of the loop's rows.

    ## Left alone
    Conditions other than equality, of which `fetch-window` and `like-lookup` tell; OFFSET, FOR
    UPDATE and the like; keys that depend on what the loop did before; columns whose equality in SQL
    is not that of Python; loops that commit, roll back or write what they look up in ways that a
    dict cannot follow. For review are `get()`, a `.first()` among several rows without a total
    order, and rows whose order nothing says. Queries of tables, of a class that a parameter holds,
    and in SQL text are reported without a fix.

    ## Cost
    `1 + tests` statements become `1 + ⌈technique_ids/500⌉`.
    """
    told = []
    for hoist in hoists(scope, (*scope.own_runs, *forwarded(scope))):
        told.append(hoist.lookup.expression)
        if hoist.lookup.problem is not None and told_elsewhere(scope, hoist.lookup.run):
            continue
        loops = hoist.lookup.run.loops
        if not hoist.possible and any(map(rounds.goes_by_chunks, loops)):
            continue
        yield Finding(
            code="MN201",
            name="hoist-lookup",
            message=hoist.message,
            severity=rounds.severity(scope, loops),
            place=hoist.place,
            function=scope.name,
            related=tuple(hoist.related),
            cost=hoist.cost,
            fix=Fix.if_possible(hoist.title, hoist.preconditions, hoist.patches),
            alternatives=hoist.alternatives,
            preconditions=hoist.preconditions,
        )
    for query in opaque_queries(scope, told):
        yield Finding(
            code="MN201",
            name="hoist-lookup",
            message=query.message,
            severity=rounds.severity(scope, query.loops),
            place=query.place,
            function=scope.name,
            related=tuple(query.related),
            cost=query.cost,
            preconditions=(query.condition,),
        )
