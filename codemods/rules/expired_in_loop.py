"""MN407 expired-in-loop."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Amount, Cost, Finding, Role, Severity
from codemods.orm.expiry import expired_rows
from codemods.orm.naming import plural, singular, snake, words
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN407")
def expired_in_loop(scope: Scope) -> Iterator[Finding]:
    """Do not let a commit expire the rows that a loop goes on to read.

    ## What it does
    Finds rows of a query that are read or changed in a loop which commits, and those that were
    fetched before a commit and are gone over behind it. A commit expires every row of the session,
    so that the next attribute of each of them sends a SELECT for this row alone, also one that is
    only assigned. The finding stands there, with the line that commits and the query of the rows.

    ## Why
    What one query has loaded is loaded once more, one row at a time; with a batch commit
    (`if i % 500 == 0`) as well. Commit once after the loop where that is possible, or fetch the
    rows behind the commit. Where each item needs its own transaction, go over the keys or the
    columns instead of the rows (`session.query(Order.id, Order.number)`), or make the session with
    `expire_on_commit=False` and do without changes that others make meanwhile.

    ## Left alone
    Sessions with `expire_on_commit=False`, and those of which nothing says how they are made;
    rows that the iteration itself has fetched; `yield_per`; sessions that are opened for each
    item; a commit that ends the loop; tests and migrations.

    ## Cost
    `1 + orders` statements, where `1` would do.
    """
    for found in expired_rows(scope):
        name = singular(snake(found.row.model.name))
        row = words(name)
        which = f"the {row}" if found.is_outer else f"each further {row}"
        told = f"after a commit in the loop {which} is loaded again by itself"
        if found.comes_before:
            told = f"after the commit before this loop each {row} is loaded again by itself"
        yield Finding(
            code="MN407",
            name="expired-in-loop",
            message=told,
            severity=Severity.HIGH,
            place=scope.place(found.read),
            function=scope.name,
            related=(
                scope.note(
                    Role.USE, found.commit.node, "this commit expires every row of the session"
                ),
                *(
                    (scope.note(Role.CALL, found.commit.site, "this call leads to the commit"),)
                    if not found.commit.own
                    else ()
                ),
                scope.note(
                    Role.QUERY, found.run.node, f"the {words(plural(name))} come from this query"
                ),
            ),
            cost=Cost(Amount(f"1 + {found.times}", found.times), None),
        )
