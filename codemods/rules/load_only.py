"""MN105 load-only."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Severity
from codemods.orm.few_columns import few_columns
from codemods.orm.scope import Scope
from codemods.rule import Default, rule


@rule("MN105", Default.OPT_IN, review=True)
def load_only(scope: Scope) -> Iterator[Finding]:
    """Load the columns that are read, where most of a row is not.

    ## What it does
    Follows the rows of a query through the function, what it calls, and where it returns them
    through all of its callers. Where at most half of the columns are read, and what is not has a
    column of any size (`Text`, JSON, binary) or two thirds of eight and more, the query gets
    `load_only()` with those that are, and with the foreign keys that its relationships are loaded
    by. The primary key always comes with them.

    It runs where it is selected: `minusn check --select load-only`.

    ## Why
    A list that shows titles fetches the whole text of each article: from the disk of the database,
    over the network, into Python objects. How much that is depends on the data, which no source
    code tells.

    ## Left alone
    Rows that go anywhere they are not followed to: to a template, a schema or a framework, to a
    function that is not known, into an attribute or a variable of the module; rows that are
    expired, refreshed or deleted later; classes with mapped classes above or below them, and with
    versions; queries for one row, with DISTINCT, GROUP BY or FOR UPDATE, or with options for
    columns; columns that are deferred already. Whoever finds the rows in the same session later
    loads the other columns one row at a time: every fix is for review.

    ## Cost
    No statement more or less: each row is smaller.
    """
    for found in few_columns(scope):
        known = found.preconditions
        yield Finding(
            code="MN105",
            name="load-only",
            message=found.message,
            severity=Severity.LOW,
            place=scope.place(found.run.query.roots[0]),
            function=scope.name,
            fix=Fix.if_possible(found.title, known, found.patches),
            preconditions=known,
        )
