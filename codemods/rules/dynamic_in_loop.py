"""MN107 dynamic-in-loop."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix
from codemods.orm import rounds
from codemods.orm.dynamic_calls import elsewhere
from codemods.orm.dynamic_loops import conditions
from codemods.orm.hoisting import hoists
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN107")
def dynamic_in_loop(scope: Scope) -> Iterator[Finding]:
    """Ask a dynamic relationship once for all rows, not once per row.

    ## What it does
    Finds relationships with `lazy="dynamic"` or `lazy="write_only"` that a loop queries on each of
    its rows, `user.entries.filter_by(kind="login").count()`, also in a function, a property or a
    template that it goes through. The loop's own queries become one, `session.query(AuditLog)` with
    `AuditLog.user_id.in_(ids)` and the same conditions, order and options, and a dict: rows are
    grouped, counts and sums are made by the database with GROUP BY, the first row of each is
    picked there too.

    ## Why
    A dynamic relationship is a query, and each use of it is a statement: counting the entries of a
    thousand users sends a thousand. Eager loading does not help, since there is nothing to load
    into: `selectinload(User.entries)` raises InvalidRequestError.

    ## Left alone
    A relationship of which all rows are read: without `lazy="dynamic"` it is loaded with the rows.
    One that is queried on one row; loops that write what they ask for; relationships with
    a query class of their own, which may add conditions. Many-to-many ones are counted and tested
    by a join. Where their rows are wanted, or the relationship has a join of its own, it is
    reported: the query to write is
    `session.query(Post.id, Tag).select_from(Post).join(Post.tags).filter(Post.id.in_(ids))`. So are
    queries in a function that the loop calls: it has to be given what its caller fetched.

    ## Cost
    `1 + users` statements become `1 + ⌈users/500⌉`.
    """
    own = [r for r in scope.related_runs if r.own and not all(loop.once for loop in r.loops)]
    for hoist in hoists(scope, own) if own else ():
        found = conditions(hoist)
        yield Finding(
            code="MN107",
            name="dynamic-in-loop",
            message=hoist.message,
            severity=rounds.severity(scope, hoist.lookup.run.loops),
            place=hoist.place,
            function=scope.name,
            related=tuple(hoist.related),
            cost=hoist.cost,
            fix=Fix.if_possible(hoist.title, found, hoist.patches),
            preconditions=found,
        )
    for query in elsewhere(scope):
        yield Finding(
            code="MN107",
            name="dynamic-in-loop",
            message=query.message,
            severity=rounds.severity(scope, (query.loop,)),
            place=query.place,
            function=scope.name,
            related=tuple(query.related_places),
            cost=query.cost,
            preconditions=(query.problem,),
        )
