"""MN401 bulk-insert."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Amount, Cost, Finding, Fix, Role, none_refuted
from codemods.orm import rounds
from codemods.orm.copied_rows import copies
from codemods.orm.flushed_rows import flushed_rows
from codemods.orm.insert_checks import InsertChecks
from codemods.orm.naming import each_of, plural, snake, words
from codemods.orm.row_inserts import row_inserts
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN401")
def bulk_insert(scope: Scope) -> Iterator[Finding]:
    """Insert the rows of a loop with one statement.

    ## What it does
    Finds `session.execute(insert(M).values(...))`, `session.bulk_insert_mappings(M, [row])` and
    `session.bulk_save_objects([row])` in a loop. The loop makes a list instead, and one
    `session.execute(insert(M), rows)` after it inserts what is in the list, if anything is. Where
    the loop only copies rows of a query, the `insert().from_select()` that lets the database do it
    is shown, too. Rows that are added and flushed one by one for the keys which the loop then reads
    are told: related by the objects instead, or with keys that Python makes, all of them are
    inserted by one flush (on SQLite, an INSERT that has to give a key back is still one for each).

    ## Why
    Each statement is a round trip. For a list of rows the driver sends them together. A plain
    `session.add()` in a loop needs no such thing: the unit of work puts the rows of one flush
    together by itself, and runs defaults, validators, events and cascades, which a bulk insert
    does not.

    ## Left alone
    `session.add()`, and `flush()` of which nothing is read (see commit-once); loops that commit, read the same
    table, return or raise, or handle the error of a row; classes that inherit from mapped classes
    or have columns under other names. For review: items that may raise an error of their own, as
    the rows before it are inserted today; values that may be SQL; None where the column has a
    default, which a statement for many rows takes since 2.0; loops that write something else.

    ## Cost
    `rows` statements become `1`.
    """
    for insert in row_inserts(scope):
        conditions = tuple(InsertChecks(insert).all())
        possible = none_refuted(conditions)
        rows = snake(insert.model.name).replace("_", " ")
        times, outer = rounds.times(insert.effect.loops), rounds.times(insert.loop.parents) or "1"
        title = f"Insert the {plural(rows)} with one statement after the loop"
        yield Finding(
            code="MN401",
            name="bulk-insert",
            message=f"one {rows} is inserted per {rounds.item_of(insert.loop)}",
            severity=rounds.severity(scope, insert.effect.loops),
            place=scope.place(insert.call),
            function=scope.name,
            related=(
                scope.note(Role.LOOP, insert.loop.iterable, each_of(rounds.items_of(insert.loop))),
            ),
            cost=Cost(Amount(times, times), Amount(outer, times) if possible else None),
            fix=Fix.if_possible(title, conditions, insert.patches),
            alternatives=tuple(copies(insert)),
            preconditions=conditions,
        )
    for flushed in flushed_rows(scope):
        rows = words(snake(flushed.model.name))
        times = rounds.times(flushed.flush.loops)
        yield Finding(
            code="MN401",
            name="bulk-insert",
            message=f"each {rows} is inserted by a flush of its own, for a key that the loop reads",
            severity=rounds.severity(scope, flushed.flush.loops),
            place=scope.place(flushed.flush.node),
            function=scope.name,
            related=(
                scope.note(
                    Role.LOOP, flushed.loop.iterable, each_of(rounds.items_of(flushed.loop))
                ),
                scope.note(Role.USE, flushed.read, "the key is read here"),
            ),
            cost=Cost(Amount(times, times), None),
            preconditions=(flushed.condition,),
        )
