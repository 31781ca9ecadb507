"""MN504 null-in-sum."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from codemods.finding import Finding, Fix, Severity
from codemods.orm.null_sums import null_sums
from codemods.orm.scope import Scope
from codemods.patch import Code, Copied, Replace
from codemods.rule import rule


@rule("MN504")
def null_in_sum(scope: Scope) -> Iterator[Finding]:
    """Say what NULL counts for, where a column that may be NULL is added up in Python.

    ## What it does
    Finds `sum(payment.amount for payment in payments)`, and `total += payment.amount` in a loop,
    where the column is declared nullable, has no default, and neither the query nor the
    comprehension asks about it. What to write instead is shown and never applied: `payment.amount
    or 0` where NULL means nothing; a condition where such a row is not meant; `nullable=False`
    where there is none.

    ## Why
    Python adds numbers and None by raising `TypeError`, at the first row that has NULL. The
    database's own `SUM` leaves NULL out, and so an example that is passed around says of one line
    both that it "silently skips" NULL and that it raises: the first is true of SQL alone.

    ## Left alone
    Columns that are NOT NULL or have a default, properties, values with a fallback of their own, and
    rows of which a condition asks whether the column is NULL, or compares it.

    ## Cost
    No statement more or less: an error, as soon as a row has NULL.
    """
    for found in null_sums(scope):
        label = f"{found.row.model.name}.{found.column.name}"
        place = found.scope.place(found.read)
        patch = Replace(place, Code.of("{value} or 0", value=Copied(place)))
        yield Finding(
            code="MN504",
            name="null-in-sum",
            message=f"{found.how} raises TypeError at the first row whose {label} is NULL",
            severity=Severity.LOW,
            place=place,
            function=found.scope.name,
            fix=Fix(
                f"Count 0 for NULL in {found.column.name}",
                (),
                partial(tuple, (patch,)),
                display=True,
            ),
        )
