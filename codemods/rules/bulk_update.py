"""MN402 bulk-update."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from codemods.finding import Amount, Cost, Finding, Fix, Role, Severity, Status, none_refuted
from codemods.orm import rounds
from codemods.orm.item_writes import item_writes
from codemods.orm.naming import each_of, plural, snake
from codemods.orm.row_writes import row_writes
from codemods.orm.scope import Scope
from codemods.orm.write_checks import WriteChecks
from codemods.orm.write_code import patches
from codemods.rule import Default, rule


@rule("MN402", Default.REVIEW)
def bulk_update(scope: Scope) -> Iterator[Finding]:
    """Change many rows by one UPDATE, instead of loading each of them.

    ## What it does
    Finds loops over the rows of a query that only assign the same values to each of them, and
    replaces the loop by `query.update({...}, synchronize_session="fetch")`, or by
    `session.execute(update(M)...)` in 2.0 style. Objects of these rows that the session holds are
    brought up to date. An UPDATE that a loop sends for the row of each item is told as well: where
    all get the same value, `M.id.in_(ids)` makes one of them; where not, a statement with
    `bindparam()` takes a list of parameters.

    ## Why
    All rows come to Python, become objects and go back, for what the database can do where they
    are. Its fixes are always for review: an UPDATE also writes rows that have the value already,
    so that triggers of the database fire for them, and it is sent at once and not with the flush.

    ## Left alone
    Loops that do anything else, and values that differ from row to row: a flush sends these
    together by itself. Found without a fix are classes with a version counter, events, validators,
    `onupdate` columns or a hierarchy, sessions that are listened to, queries with a join, an order
    or a LIMIT, and `row.n += 1` where the column may be NULL: Python raises, and SQL keeps NULL.
    Conditions in Python stay in Python, as SQL treats NULL otherwise.

    ## Cost
    `2` statements, with all rows, become `1`.
    """
    for writes in row_writes(scope):
        if writes.deletes:
            continue
        checks = WriteChecks(writes)
        if checks.same_value().status is Status.REFUTED:
            continue
        conditions = tuple(checks.all())
        possible = none_refuted(conditions)
        rows = plural(snake(writes.model.name))
        name = rows.replace("_", " ")
        columns = ", ".join(change.name for change in writes.changes)
        title = f"Set {columns} of the {name} by one UPDATE"
        yield Finding(
            code="MN402",
            name="bulk-update",
            message=f"all {name} are loaded only to set {columns}",
            severity=Severity.MEDIUM,
            place=scope.place(writes.changes[0].node),
            function=scope.name,
            related=(scope.note(Role.QUERY, writes.run.node, f"the {name} come from this query"),),
            cost=Cost(Amount("2", rows), Amount("1", "0") if possible else None),
            fix=Fix.if_possible(title, conditions, partial(patches, writes)),
            preconditions=conditions,
        )
    for write in item_writes(scope, "update"):
        times = rounds.times(write.effect.loops)
        yield Finding(
            code="MN402",
            name="bulk-update",
            message=(
                f"one UPDATE of {write.table} is sent per {rounds.item_of(write.loop)}, "
                f"where one {write.instead} would do"
            ),
            severity=rounds.severity(scope, write.effect.loops),
            place=scope.place(write.effect.node),
            function=scope.name,
            related=(
                scope.note(Role.LOOP, write.loop.iterable, each_of(rounds.items_of(write.loop))),
            ),
            cost=Cost(Amount(times, times), None),
        )
