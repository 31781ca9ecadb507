"""MN302 count-in-database."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Role, Severity
from codemods.orm.counting import numbers
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN302")
def count_in_database(scope: Scope) -> Iterator[Finding]:
    """Let the database count rows of which only the number is used.

    ## What it does
    Finds `len(query.all())`, `len(list(query))`, `len(session.scalars(statement).all())`, and
    variables that hold such a list and are only measured. They become `query.count()`, or
    `session.scalar(select(func.count()).select_from(...))` where the file writes SELECTs. Where a
    join repeats rows, of which a legacy Query lists each only once, the keys are counted:
    `func.count(distinct(User.id))`.

    ## Why
    To count rows in Python the database has to send every one of them, and SQLAlchemy has to make
    an object of each. A count sends one number.

    ## Left alone
    Lists whose rows are used in any other way, FOR UPDATE, UNION and text; joins that can repeat
    rows in a way that a count of keys cannot undo, and eager loads by an inner join, which leave
    rows out. For review are rows that a later `get()` or a many-to-one would find in the session,
    classes whose loading somebody listens to, and conditions of which nobody knows which tables
    they bring in. What a loop counts for each item is a case for `hoist-lookup`. Queries by a
    unique key, which find one row at most, and assertions are no findings.

    ## Cost
    One statement before and after; of `orders` rows, one is left.
    """
    for number in numbers(scope):
        conditions = number.preconditions
        rows = number.rows
        yield Finding(
            code="MN302",
            name="count-in-database",
            message=f"every {number.what} that the query finds is loaded only to be counted",
            severity=Severity.LOW,
            place=scope.place(number.places[0]),
            function=scope.name,
            related=(
                (scope.note(Role.QUERY, rows.expression, "the rows are loaded here"),)
                if rows.assigned is not None
                else ()
            ),
            cost=number.cost,
            fix=Fix.if_possible("Count in the database", conditions, number.patches),
            preconditions=conditions,
        )
