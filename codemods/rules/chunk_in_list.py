"""MN503 chunk-in-list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from codemods.finding import Finding, Fix, Severity
from codemods.orm.chunking import Chunking, chunked
from codemods.orm.long_lists import long_lists
from codemods.orm.scope import Scope
from codemods.rule import Default, rule


@rule("MN503", default=Default.OPT_IN)
def chunk_in_list(scope: Scope) -> Iterator[Finding]:
    """Ask for a long list of keys in parts that the database's driver takes.

    ## What it does
    Finds `column.in_(keys)` where nothing bounds the number of keys: a parameter brings them, or
    they are collected from rows without a LIMIT. The query is sent for 500 different keys at a time
    (`batch-size`), and the rows are put together.

    ## Why
    SQLAlchemy sends each key as a parameter, and a statement has a limit of them: 32,766 on SQLite,
    65,535 on PostgreSQL with psycopg 3, 32,767 with asyncpg, 2,099 on SQL Server, 1,000 in an IN of
    Oracle; psycopg 2 and MySQL have none. Beyond it the query raises an error, which nobody sees
    before there is that much data. It is not the size of the statement's text that counts, as one
    reads at times, and 1,000 keys are no limit of PostgreSQL's.

    Off by default, as most lists are never that long; select it where they may be.

    ## Left alone
    Lists of known length, rows of a query with LIMIT, the items of one row, and keys that one query
    finds for another one alone, where a subquery does without them. Without a fix: counts, sums,
    LIMIT, ORDER BY and joins, whose results do not add up. For review are rows whose order may
    matter, and keys of which nobody knows whether two of them find one row.

    ## Cost
    `1` statement becomes `⌈user_ids/500⌉`.
    """
    taken: set[str] = set()
    for found in long_lists(scope):
        taken = taken or set(scope.taken_names)
        conditions, patches = chunked(found, taken)
        title = f"Ask for {found.name} in parts"
        yield Finding(
            code="MN503",
            name="chunk-in-list",
            message=(
                f"one statement asks for all of {found.name}, of which {found.driver} takes at "
                f"most {found.limit:,}"
            ),
            severity=Severity.LOW,
            place=scope.place(found.operand),
            function=scope.name,
            cost=Chunking(found, taken).cost,
            fix=Fix(title, conditions, partial(tuple, patches)) if patches else None,
            preconditions=conditions,
        )
