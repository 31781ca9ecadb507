"""MN110 load-window."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Severity
from codemods.orm.load_windows import load_windows
from codemods.orm.scope import Scope
from codemods.rule import Default, rule


@rule("MN110", Default.REVIEW)
def load_window(scope: Scope) -> Iterator[Finding]:
    """Fetch the part of a collection that is used, not the whole history of each row.

    ## What it does
    Finds collections of a query's rows, loaded one by one, by an option or by `lazy="selectin"` of
    the class, of which a loop uses a part alone: the rows since a moment, `[record for record in
    server.records if record.checked_at >= since]`; the last one, `max(server.records, key=…)`,
    `sorted(…)[-1]`, `server.records[-1]`; their number, a sum, the largest of a column. One query
    before the loop fetches that part for all rows into a dict; numbers are computed by the
    database, with GROUP BY. The option goes, or the query gets `lazyload()` where the class is
    what loads the collection.

    ## Why
    `selectinload()` mends the number of statements, and not that of the rows: two hundred servers
    with a thousand records each are two hundred thousand objects, made to show those of one day.
    It gets worse each day, and nothing in the code says so.

    ## Left alone
    Collections of which anything reads the whole, also in a function that gets the rows; windows
    that are another for each row; conditions on anything but a moment or the primary key, such as
    `if line.active`, which may be most of the rows. A number of a collection that is loaded one by
    one is `eager-load`'s to tell, which can be sure of its option; the query for the numbers is an
    alternative there. Without a fix is what the database computes in another way, and loops that
    write the rows. All fixes are for review.

    ## Cost
    `1 + servers` statements, for `servers + records` rows, become `1 + ⌈servers/500⌉`, for
    `servers` rows and those of the window.
    """
    for window in load_windows(scope):
        lazy = window.loaded.how == "lazy"
        if lazy and not (window.bounded and window.possible):
            continue
        conditions = window.preconditions
        yield Finding(
            code="MN110",
            name="load-window",
            message=window.message,
            severity=Severity.HIGH if lazy else Severity.LOW,
            place=scope.place(window.shown),
            function=scope.name,
            related=tuple(window.related),
            cost=window.cost,
            fix=window.fix if window.possible else None,
            preconditions=conditions,
        )
