"""MN406 append-to-unloaded."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Amount, Cost, Finding, Role, Severity
from codemods.orm import rounds
from codemods.orm.appends import appends
from codemods.orm.naming import plural, snake, words
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN406")
def append_to_unloaded(scope: Scope) -> Iterator[Finding]:
    """Do not load a collection only to append to it.

    ## What it does
    Finds `order.lines.append(...)` for the rows that a loop goes over, where nothing has loaded
    the collection and nothing else reads it. To name `order.lines` loads all of its rows.

    ## Why
    Each row sends a SELECT, and all of its collection comes to Python, for the sake of one new
    row. Where the other side of the relationship is mapped, `OrderLine(order=order)` or
    `line.order = order` adds the new row without loading the collection; `order_id=order.id` does
    as well. A collection that is mostly written can be `lazy="write_only"` (2.0).

    ## Left alone
    Collections that are read for something else, too; those of new objects; `dynamic`,
    `write_only`, `raise` and eager ones; rows whose query has options; tests.

    ## Cost
    `orders` statements, where none is needed.
    """
    for found in appends(scope):
        relationship = found.read.step.relationship
        row = snake(found.read.row.model.name).replace("_", " ")
        instead = f"; {found.reverse} can be set instead" if found.reverse else ""
        times = rounds.times(found.read.loops)
        yield Finding(
            code="MN406",
            name="append-to-unloaded",
            message=f"all {relationship.name} of each {row} are loaded to add one more{instead}",
            severity=Severity.HIGH,
            place=scope.place(found.read.node),
            function=scope.name,
            related=(
                *(
                    scope.note(
                        Role.QUERY,
                        origin.run.node,
                        f"{words(plural(snake(found.read.row.model.name)))} come from this query",
                    )
                    for origin in found.read.row.origins[:1]
                    if origin.run is not None
                ),
                scope.note(Role.LOOP, found.loop.iterable, f"for each {row}"),
            ),
            cost=Cost(Amount(times, f"{times}·{plural(snake(relationship.name))}"), None),
        )
