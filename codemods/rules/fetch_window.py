"""MN207 fetch-window."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Role, Severity
from codemods.orm.offset_pages import offset_pages
from codemods.orm.scope import Scope
from codemods.orm.windows import windows
from codemods.rule import Default, rule


@rule("MN207", Default.REVIEW)
def fetch_window(scope: Scope) -> Iterator[Finding]:
    """Fetch once what a loop asks for week by week, and tell the weeks apart in Python.

    ## What it does
    Finds queries in a loop that compare a column with what the loop sets, `while current < now:`
    with `Test.red_validated_at <= week_end`, the price ranges of a list, or one day after the other
    (`while day <= last:`, `Visit.day == day`), and count, list or add up the rows of each window.
    The rows are fetched once, before the loop, and each window is evaluated as it is written:
    `[test for test in tests if test.red_validated_at <= week_end]`. Of rows of which only some
    columns are read no more than these is fetched. Rows with NULL, which no window has in SQL and
    which Python does not compare, are left out by the query. Loops that ask for one page after the
    other by `offset()` become one query that is read in parts, by `yield_per()`.

    ## Why
    A year is 52 weeks, and 52 round trips, of which each reads the table again. Windows of "up to
    here" fetch the first rows 52 times over. A page by OFFSET reads all rows before it to leave them
    out: a hundred pages read the first one a hundred times.

    ## Left alone
    Pages by the last row that was found, `filter(Order.id > last)`, which begin where the last one
    ended and are what to write where the loop commits or changes its own rows; loops that wait, or
    write what they ask for. Without a fix are averages, sums that are None where a window has no
    rows, one row of each window, conditions on functions of the database such as `date()`, which
    know its time zone (the year, the month and the day by `extract()` are those of Python for
    columns without one), text, and columns with a time zone. All fixes are for review: the whole of
    a large table may be too much.

    ## Cost
    `weeks` statements become `1`.
    """
    for window in windows(scope):
        conditions, possible = window.preconditions, window.possible
        model, column = window.model.name, window.column.name
        yield Finding(
            code="MN207",
            name="fetch-window",
            message=f"{model} is queried again for each of these {window.what} of {column}",
            severity=Severity.MEDIUM if window.few else Severity.CRITICAL,
            place=scope.place(window.run.expression),
            function=scope.name,
            related=(scope.note(Role.LOOP, window.loop.iterable, "the loop sets the window"),),
            cost=window.cost,
            fix=(
                Fix(f"Fetch {model} once, before the loop", conditions, window.patches)
                if possible
                else None
            ),
            preconditions=conditions,
        )
    for pages in offset_pages(scope):
        yield Finding(
            code="MN207",
            name="fetch-window",
            message=pages.message,
            severity=Severity.MEDIUM,
            place=scope.place(pages.node),
            function=scope.name,
            related=(scope.note(Role.LOOP, pages.loop.iterable, "the loop asks for a page each"),),
            cost=pages.cost,
            fix=pages.fix,
            preconditions=pages.preconditions,
        )
