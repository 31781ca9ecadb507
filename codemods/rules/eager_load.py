"""MN101 eager-load."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from codemods.finding import Finding, Fix, Severity, none_refuted
from codemods.orm.appends import appends
from codemods.orm.eager_async import LoneRead, lone_reads
from codemods.orm.eager_conditions import conditions
from codemods.orm.eager_options import patches
from codemods.orm.eager_parts import part
from codemods.orm.foreign_keys import by_foreign_key, key_instead
from codemods.orm.handed_rows import handed_rows
from codemods.orm.joined_reads import by_join
from codemods.orm.load_windows import by_window, windows_of
from codemods.orm.row_reads import row_reads
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN101")
def eager_load(scope: Scope) -> Iterator[Finding]:
    """Load a relationship with the query instead of once per row.

    ## What it does
    Finds relationships that are read on the rows of a query in a loop, a comprehension or a
    generator expression, and adds `selectinload()` to the query that made the rows. Longer paths
    become chains, and an option that is there for a shorter path is extended. Where a loop wants no
    more than a number of each collection, a query that counts or adds up is offered as well; where it
    wants no more than the key of a related row, so is the foreign key that the row has.

    ## Why
    A lazy relationship sends a SELECT each time that it is first read on a row: a query for a
    thousand orders whose customers are read sends up to a thousand and one. `selectinload()` loads
    all of them with one more statement per 500 keys, leaves LIMIT, DISTINCT and FOR UPDATE of the
    query alone, and never multiplies its rows.

    In async code a lazy load raises MissingGreenlet, so that one that is not awaited is found for a
    single row as well. Where all callers of a function fetch one row for it, a collection that it
    reads of that row in each call is told, as one statement more.

    ## Left alone
    Collections of which a bounded part is used, such as the rows of a day, and which
    `load-window` can fetch; relationships that are eager already, that have a strategy of their own
    in the query, `dynamic`, `write_only` and `noload` ones, loops that commit, expire or detach the
    rows, and loops that write the rows or the keys that are read. A read under a condition, items
    without a declared order, and calls of functions that may change the rows are for review.

    ## Cost
    `1 + customers` statements become `1 + ⌈customers/500⌉`.
    """
    reads = tuple(row_reads(scope))
    windows = windows_of(reads)
    appended = {found.read.node for found in appends(scope)} if reads else set()
    needed = (r for r in reads if by_foreign_key(r) is None and by_join(r) is None)
    for read in (*needed, *lone_reads(scope, reads)):
        found = conditions(read)
        window = by_window(read, windows)
        if window is not None and window.bounded:
            continue
        if not none_refuted(found) and all(each.node in appended for each in read.reads):
            # append-to-unloaded says what to do instead
            continue
        windowed = (window.fix,) if window is not None else ()
        key = None if isinstance(read, LoneRead) else key_instead(read)
        yield Finding(
            code="MN101",
            name="eager-load",
            message=read.message,
            severity=Severity.HIGH,
            place=read.place,
            function=scope.name,
            related=tuple(read.related),
            cost=read.cost,
            fix=Fix.if_possible(read.title, found, partial(patches, read)),
            alternatives=(*windowed, *((key,) if key is not None else ())),
            preconditions=found,
            part=part(read),
        )
    for handed in handed_rows(scope):
        yield Finding(
            code="MN101",
            name="eager-load",
            message=handed.message,
            severity=Severity.MEDIUM,
            place=handed.home.place(handed.read.node),
            function=handed.home.name,
            related=tuple(handed.related),
            cost=handed.cost,
            preconditions=(handed.condition,),
        )
