"""MN501 index-by-key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from codemods.finding import Finding, Fix, Role, Severity
from codemods.orm import rounds
from codemods.orm.indexing import indexed
from codemods.orm.naming import each_of, plural, snake
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN501")
def index_by_key(scope: Scope) -> Iterator[Finding]:
    """File rows under their key before a loop that searches them for each of its items.

    ## What it does
    Finds the rows of a query that a loop goes through again for each of its items, to pick those
    with a key: `[s for s in sessions if s.user_id == uid]`, `next((p for p in products if p.id ==
    key), None)`, and a loop in a loop with `if line.order_id == order.id:`. A dict of the rows by
    that column is made before the loop, and looked into.

    ## Why
    The database is asked no more often than it has to, and the time is lost all the same: 10,000
    rows and 100 users make a million comparisons, a dict 100 look-ups. This is what is left to do
    where a query per user has become one query for all, as in the well-known fix that batches with
    `in_()` and then goes over `.values()` for each user.

    ## Left alone
    Rows of a query with LIMIT, the items of one row, comparisons other than `==` with a column, and
    generators of other things than rows. No fix where the loop writes rows or adds to the list. For
    review are keys of unknown kinds, columns that are not loaded with the rows, and calls of
    functions that may change them.

    ## Cost
    Statements stay as many as they are: `users·sessions` comparisons become `users + sessions`.
    """
    for scan, conditions, patches in indexed(scope):
        model, column = scan.row.model.name, scan.column.name
        items = rounds.items_of(scan.loop.parents[-1])
        yield Finding(
            code="MN501",
            name="index-by-key",
            message=f"all {model} rows are searched by {column} again for each item of {items}",
            severity=Severity.LOW,
            place=scope.place(scan.test),
            function=scope.name,
            related=(scope.note(Role.LOOP, scan.outer.iterable, each_of(items)),),
            fix=(
                Fix(
                    f"File {plural(snake(model)).replace('_', ' ')} under {column} before the loop",
                    conditions,
                    partial(tuple, patches),
                )
                if patches
                else None
            ),
            preconditions=conditions,
        )
