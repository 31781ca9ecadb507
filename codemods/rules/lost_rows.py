"""MN502 lost-rows."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Role, Severity
from codemods.orm.naming import plural, snake
from codemods.orm.row_dicts import row_dicts
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN502")
def lost_rows(scope: Scope) -> Iterator[Finding]:
    """Keep all rows of a key, where a dict keeps the last one and is used as if it held all.

    ## What it does
    Finds `{payment.user_id: payment for payment in payments}`, and loops that fill such a dict, over
    a column that no primary key, unique constraint or condition of the query makes unique, where
    the dict is then searched for all rows of a key, or summed up. It is reported; which rows are
    meant is for a person to say. All of them are kept by

        payments_by_user = {}
        for payment in payments:
            payments_by_user.setdefault(payment.user_id, []).append(payment)

    and `payments_by_user.get(user_id, [])` are those of one user.

    ## Why
    A dict has one value for a key, the last one that was put in: a user with three payments is left
    with one. A review that is shown as an example of mending a query in a loop does just this: its
    "fixed" version fetches the payments of all users with one `in_()`, files them in such a dict,
    and searches `.values()` for those of each user. Every number that it gives is then too low, and
    nothing fails. Its text sees the search, and not the rows that are gone.

    ## Left alone
    Columns that are unique, alone or together with what the query compares; dicts that are only
    asked for one row of a key, which may be meant; and the latest row of each key, which a dict
    over ordered rows gives.

    ## Cost
    No statement more or less: the result is wrong.
    """
    for found in row_dicts(scope):
        model, column = found.row.model.name, found.column.name
        rows = plural(snake(model)).replace("_", " ")
        what = "summed up" if found.summed else f"searched for all {rows} of a {column}"
        yield Finding(
            code="MN502",
            name="lost-rows",
            message=(
                f"several {rows} may have one {column}, and {found.name} keeps the last of them, "
                f"but is {what}"
            ),
            severity=Severity.LOW,
            place=scope.place(found.made),
            function=scope.name,
            related=(scope.note(Role.USE, found.use, "used as if it held all rows"),),
        )
