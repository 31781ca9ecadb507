"""MN304 aggregate-in-database."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Role, Severity
from codemods.orm.loop_reductions import loop_reductions
from codemods.orm.reduction_code import ReductionCode
from codemods.orm.reductions import reductions
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN304")
def aggregate_in_database(scope: Scope) -> Iterator[Finding]:
    """Let the database add up, compare and test the rows of a query.

    ## What it does
    Finds `sum()`, `min()`, `max()`, `any()` and `all()` over a comprehension that goes through all
    rows of one query, and asks the database instead: `func.coalesce(func.sum(Line.quantity), 0)`,
    which is 0 for no rows as in Python; `func.max(Visit.day)`, followed by the ValueError that
    Python raises for no rows; an EXISTS with the condition for `any()`, and that there is none
    without it for `all()`. A loop that only adds up (`total += line.quantity` from 0), counts, keeps
    the largest value, or returns True for the first row with a condition is taken for the same.

    ## Why
    One number is what the code needs. To compute it in Python the database sends every row, and
    SQLAlchemy makes an object of each.

    ## Left alone
    What the database computes in another way: columns that may be None (Python raises TypeError,
    SQL leaves them out), a sum of BIGINT, which is a Decimal on PostgreSQL, the order of text and
    enums, custom types; rows that are changed and not flushed; lists that are used for more than
    one number. For review are Numeric and Float columns, which databases add up with other
    rounding, products, and projects that do not say which databases they use.

    ## Cost
    One statement before and after; of `order_lines` rows, one is left.
    """
    for reduction in (*reductions(scope), *loop_reductions(scope)):
        conditions = reduction.preconditions
        rows = reduction.rows
        yield Finding(
            code="MN304",
            name="aggregate-in-database",
            message=f"every {reduction.what} that the query finds is loaded only {reduction.aim}",
            severity=Severity.LOW,
            place=scope.place(reduction.call),
            function=scope.name,
            related=(
                (scope.note(Role.QUERY, rows.expression, "the rows are loaded here"),)
                if rows.assigned is not None
                else ()
            ),
            cost=reduction.cost,
            fix=Fix.if_possible(
                "Compute it in the database", conditions, ReductionCode(reduction).patches
            ),
            preconditions=conditions,
        )
