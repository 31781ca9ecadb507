"""MN106 use-foreign-key."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Severity
from codemods.orm.foreign_keys import by_foreign_key
from codemods.orm.row_reads import row_reads
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN106")
def use_foreign_key(scope: Scope) -> Iterator[Finding]:
    """Read the foreign key of a row instead of loading the related row for its key.

    ## What it does
    Finds many-to-one relationships that are read on the rows of a query for nothing but the key of
    the related row, `line.order.id`, and reads the row's own column, `line.order_id`.

    ## Why
    The key of the other row is what the relationship's foreign key holds. A lazy load fetches the
    whole row, one query for each, to tell what is there already; an eager one costs a statement
    that nobody needs.

    ## Left alone
    Relationships with a `primaryjoin` of their own, over several columns, or viewonly; related rows
    of which anything else is read, which are `eager-load`'s. For review are columns that may be
    NULL, where the code raises AttributeError today and would go on with None; rows or keys that
    the function changes; sessions of which it is not known that they flush before a query; columns
    that are not loaded with the rows. Where that is so and `eager-load` has a safe fix, the finding
    is its.

    ## Cost
    `1 + orders` statements become `1`.
    """
    for read in row_reads(scope):
        found = by_foreign_key(read)
        if found is None:
            continue
        yield Finding(
            code="MN106",
            name="use-foreign-key",
            message=found.message,
            severity=Severity.HIGH,
            place=scope.place(found.places[0]),
            function=scope.name,
            related=tuple(read.related),
            cost=found.cost,
            fix=Fix.if_possible(found.title, found.preconditions, found.patches),
            preconditions=found.preconditions,
        )
