"""MN108 unused-eager-load."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Role, Severity
from codemods.orm.scope import Scope
from codemods.orm.unused_loads import unused_loads
from codemods.rule import Default, rule


@rule("MN108", Default.OPT_IN, review=True)
def unused_eager_load(scope: Scope) -> Iterator[Finding]:
    """Take out eager options whose relationships nobody reads on the rows.

    ## What it does
    Follows the rows of a query through the function, what it calls, and where it returns them
    through all of its callers. Where none of these reads a relationship that `joinedload()`,
    `selectinload()`, `subqueryload()` or `immediateload()` brings with them, the option is taken
    out, or cut behind the last step that is read.

    It runs where it is selected: `minusn check --select unused-eager-load`.

    ## Why
    Each such option is a statement more for every 500 rows, or a join that repeats the
    rows and widens them, and Python objects that are made for nothing. It was needed once, or came
    along with a copy of another query.

    ## Left alone
    Rows that go anywhere they are not followed to: to a template, a schema or a framework, to a
    function that is not known, into an attribute or a variable of the module, to callers
    that are not known; functions that delete, refresh or expunge rows later, which goes through
    what is related to them; options under a condition, with a `Load` of their own, or with options
    inside. An inner join filters, and is reported without a fix. Whoever finds the rows in the same
    session later may read what was loaded: every fix is for review.

    ## Cost
    `1 + ⌈orders/500⌉` statements become `1`.
    """
    for found in unused_loads(scope):
        known = found.preconditions
        joined = found.joined
        yield Finding(
            code="MN108",
            name="unused-eager-load",
            message=(
                f"{found.label} is {'joined to' if joined else 'loaded with'} the rows, and nobody "
                "reads it"
            ),
            severity=Severity.LOW if joined else Severity.MEDIUM,
            place=scope.place(found.option),
            function=scope.name,
            related=(
                scope.note(Role.QUERY, found.run.query.roots[0], "the rows come from this query"),
            ),
            cost=found.cost,
            fix=Fix.if_possible(found.title, known, found.patches),
            preconditions=known,
        )
