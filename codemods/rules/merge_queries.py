"""MN306 merge-queries."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Severity
from codemods.orm.merged_queries import merged_queries
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN306")
def merge_queries(scope: Scope) -> Iterator[Finding]:
    """Ask once for what several queries of a function ask for.

    ## What it does
    Finds five things. A query whose rows a variable has already is left out: the same query again,
    or a row that is looked up by its own primary key. A row and the one that its key leads to come
    from one outer join: an order, and then the customer by `order.customer_id`. Two queries of one
    table by one value, in two columns, become one with `or_()`, and Python tells the rows apart: a
    test and its retests by `original_id`. A count, minimum or maximum of rows that a list holds is
    taken from the list: `max((test.created_at for test in all_tests if …), default=None)`. Numbers
    of several tables that one variable is the key of become one SELECT of scalar subqueries.

    ## Why
    Each of them is a round trip. Where the function is called for each item of a list, as that of
    one score often is, it is one for each item.

    ## Left alone
    Queries with a write, a commit, an expiry or an unknown function between them, which may be why
    it is asked again; queries by chance or by the clock; `get()`, which the session answers itself;
    rows under FOR UPDATE; assertions; lists that the function changes or hands on; columns that
    Python compares in another way. A key that is None finds the same rows: `retest_of == None` is
    IS NULL in SQL and true in Python.
    Numbers of one table are `merge-counts`'s. The same query again, with nothing in between, is left
    out safely, and so is the count of rows that a list holds; the other fixes are for review.

    ## Cost
    `2` statements become `1`; `3` numbers of three tables become `1` statement.
    """
    for merge in merged_queries(scope):
        yield Finding(
            code="MN306",
            name="merge-queries",
            message=merge.message,
            severity=Severity.MEDIUM,
            place=scope.place(merge.node),
            function=scope.name,
            related=tuple(scope.note(role, node, text) for role, node, text in merge.notes),
            cost=merge.cost,
            fix=Fix.if_possible(merge.title, merge.preconditions, merge.patches),
            preconditions=merge.preconditions,
        )
