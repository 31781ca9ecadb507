"""MN603 text-dates."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Note, Role, Severity
from codemods.orm import text_dates as texts
from codemods.orm.declaration import Declaration
from codemods.rule import model_rule

_SHOWN = 5


@model_rule("MN603")
def text_dates(declaration: Declaration) -> Iterator[Finding]:
    """Tell of columns of text that queries compare as dates.

    ## What it does
    Finds a `String` column that a query compares with a date or with the text of one
    (`Bill.due >= today.isoformat()`, `Bill.due < "2024-01-01"`), or that it has the database read as a date
    (`func.date(Bill.due)`, `cast(Bill.due, Date)`). It is reported: to change the type is a
    migration, which has to read every text that is there.

    ## Why
    Text is compared letter by letter: `2025-2-9` comes after `2025-10-01`, and what one part
    of a program writes with a `T` or an offset does not compare with what another one writes
    without. Read as a date in each row, no plain index serves the comparison. PostgreSQL refuses
    to compare text with a date at all. A `Date` or `DateTime` column is smaller, too.

    ## Left alone
    Types of the project's own, which may read and write dates; text that is compared with text
    of which nobody says that it is a date; and dates as numbers, which are compared as they should.

    ## Cost
    No statement more or less.
    """
    for column, places in texts.text_dates(declaration):
        yield Finding(
            code="MN603",
            name="text-dates",
            message=(f"{declaration.model.name}.{column.name} is text, and is compared as a date"),
            severity=Severity.LOW,
            place=column.place,
            related=tuple(Note(Role.USE, p, "compares it as a date") for p in places[:_SHOWN]),
        )
