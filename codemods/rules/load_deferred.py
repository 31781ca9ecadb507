"""MN109 load-deferred."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Severity
from codemods.orm.deferred import deferred_reads
from codemods.orm.scope import Scope
from codemods.rule import Default, rule


@rule("MN109", Default.REVIEW)
def load_deferred(scope: Scope) -> Iterator[Finding]:
    """Load a column with the rows that it is read on, where it is deferred.

    ## What it does
    Finds columns that the model declares with `deferred()` or `mapped_column(deferred=True)`, or
    that the query leaves out by `load_only()` or `defer()`, and that a loop reads on its rows. Adds
    `undefer(Post.body)` to the query, adds the column to `load_only()`, or takes the `defer()` out.

    ## Why
    A column that did not come with its row is loaded when it is first read, with a SELECT for this
    row alone: a hundred posts whose bodies are read send a hundred and one. In async code the read
    raises MissingGreenlet.

    ## Left alone
    Columns that are read on one row; queries whose options are not understood, or forbid the load
    with `raiseload`. Rows that come from a query in another function are told of. Always for
    review: the column was left out for some reason, which a person knows. A wide column that few
    rows need is better read where it is needed.

    ## Cost
    `1 + posts` statements become `1`.
    """
    for found in deferred_reads(scope):
        yield Finding(
            code="MN109",
            name="load-deferred",
            message=found.message,
            severity=Severity.HIGH,
            place=scope.place(found.reads[0].node),
            function=scope.name,
            related=tuple(found.related),
            cost=found.cost,
            fix=Fix.if_possible(found.title, found.preconditions, found.patches),
            preconditions=found.preconditions,
        )
