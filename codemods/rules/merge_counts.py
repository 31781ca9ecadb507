"""MN301 merge-counts."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Role
from codemods.orm import rounds
from codemods.orm.grouping import groups
from codemods.orm.merging import Merged
from codemods.orm.naming import plural
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN301")
def merge_counts(scope: Scope) -> Iterator[Finding]:
    """Ask for several counts of one table in one statement.

    ## What it does
    Finds counts, sums, minima, maxima and averages of one table that are sent one after the other
    with different filters, and merges them: `func.count(case((condition, 1)))` for each, and the
    conditions that all of them have in WHERE.

    ## Why
    Each of them is a round trip and reads the table again. One statement reads it once, and its
    numbers belong to one moment.

    ## Left alone
    Queries of different tables, with joins, LIMIT, DISTINCT, GROUP BY or options that are no loaders
    (`with_loader_criteria()` is a condition); counts with a write, a commit or an assignment of what
    they filter by between them. Where the first count guards the others the merged statement is for
    review, and so it is where one of them only asks whether there is a row.

    ## Cost
    `6` statements become `1`.
    """
    for group in groups(scope):
        conditions = group.preconditions
        counts = all(tally.is_count for tally in group.tallies)
        what = "counts" if counts else "numbers"
        merged = Merged(group)
        yield Finding(
            code="MN301",
            name="merge-counts",
            message=f"{len(group.tallies)} {what} of {group.model.name} are queried one by one",
            severity=rounds.severity(scope, group.first.run.loops),
            place=group.place,
            function=scope.name,
            related=tuple(
                scope.note(
                    Role.QUERY, tally.expression, f"another query of {plural(group.rows_name)}"
                )
                for tally in group.tallies[1:]
            ),
            cost=group.cost,
            fix=Fix.if_possible(
                f"Ask for the {len(group.tallies)} {what} in one query",
                conditions,
                merged.patches,
            ),
            preconditions=conditions,
        )
