"""MN403 bulk-delete."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from codemods.finding import Amount, Cost, Finding, Fix, Role, Severity, none_refuted
from codemods.orm import rounds
from codemods.orm.item_writes import item_writes
from codemods.orm.naming import each_of, plural, snake
from codemods.orm.row_writes import row_writes
from codemods.orm.scope import Scope
from codemods.orm.write_checks import WriteChecks
from codemods.orm.write_code import patches
from codemods.rule import Default, rule


@rule("MN403", Default.REVIEW)
def bulk_delete(scope: Scope) -> Iterator[Finding]:
    """Delete many rows by one DELETE, instead of loading each of them.

    ## What it does
    Finds loops over the rows of a query that only delete them, and replaces the loop by
    `query.delete(synchronize_session="fetch")`, or by `session.execute(delete(M)...)` in 2.0 style.
    A DELETE that a loop sends for the row of each item is told as well.

    ## Why
    All rows come to Python and become objects, for what the database can do where they are. Its
    fixes are always for review: a DELETE is sent at once and not with the flush, and triggers,
    `ON DELETE` and the foreign keys of other tables are the database's affair in both forms.

    ## Left alone
    Loops that do anything else. Found without a fix are classes with a relationship other than a
    plain many-to-one, whose rows the session would delete or release (children, rows of a
    secondary table); with a version counter, events or a hierarchy; sessions that are listened
    to; and queries with a join, an order or a LIMIT.

    ## Cost
    `2` statements, with all rows, become `1`.
    """
    for writes in row_writes(scope):
        if not writes.deletes:
            continue
        conditions = tuple(WriteChecks(writes).all())
        possible = none_refuted(conditions)
        rows = plural(snake(writes.model.name))
        name = rows.replace("_", " ")
        yield Finding(
            code="MN403",
            name="bulk-delete",
            message=f"all {name} are loaded only to delete{writes.counting} them",
            severity=Severity.MEDIUM,
            place=scope.place(writes.loop.iterable),
            function=scope.name,
            related=(scope.note(Role.QUERY, writes.run.node, f"the {name} come from this query"),),
            cost=Cost(Amount("2", rows), Amount("1", "0") if possible else None),
            fix=Fix.if_possible(
                f"Delete the {name} by one DELETE", conditions, partial(patches, writes)
            ),
            preconditions=conditions,
        )
    for write in item_writes(scope, "delete"):
        times = rounds.times(write.effect.loops)
        yield Finding(
            code="MN403",
            name="bulk-delete",
            message=(
                f"one DELETE of {write.table} is sent per {rounds.item_of(write.loop)}, "
                "where one with `in_()` would do"
            ),
            severity=rounds.severity(scope, write.effect.loops),
            place=scope.place(write.effect.node),
            function=scope.name,
            related=(
                scope.note(Role.LOOP, write.loop.iterable, each_of(rounds.items_of(write.loop))),
            ),
            cost=Cost(Amount(times, times), None),
        )
