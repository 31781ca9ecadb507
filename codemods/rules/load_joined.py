"""MN103 load-joined."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Severity
from codemods.orm.joined_reads import by_join
from codemods.orm.row_reads import row_reads
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN103")
def load_joined(scope: Scope) -> Iterator[Finding]:
    """Take a related row from the join that the query has, where it is loaded again per row.

    ## What it does
    Finds many-to-one relationships that a query joins, `session.query(Order).join(Order.customer)`,
    and that are read on its rows, and adds `contains_eager(Order.customer)`: the customer comes
    out of the statement that has it already.

    ## Why
    A join alone is there for conditions and the order. It loads nothing: each row's customer is
    fetched once more, by a query of its own. `selectinload()` would mend that with a statement more
    per 500 keys, `contains_eager()` with none.

    ## Left alone
    Collections, of which a join with conditions holds a part: `eager-load` loads them apart, and so
    it does with relationships that are joined by another condition than their foreign key or to an
    alias, with queries that are DISTINCT or grouped, and where more is read below the related row.
    Where anything is in doubt, the finding is that rule's, too.

    ## Cost
    `1 + customers` statements become `1`.
    """
    if not any(run.query.joins for run in scope.own_runs):
        return
    for read in row_reads(scope):
        found = by_join(read)
        if found is None:
            continue
        yield Finding(
            code="MN103",
            name="load-joined",
            message=found.message,
            severity=Severity.HIGH,
            place=read.place,
            function=scope.name,
            related=found.related,
            cost=found.cost,
            fix=Fix(found.title, found.preconditions, found.patches),
            preconditions=found.preconditions,
        )
