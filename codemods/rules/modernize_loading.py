"""MN801 modernize-loading."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from codemods.finding import Finding, Fix, Severity
from codemods.orm.outdated import outdated
from codemods.orm.scope import Scope
from codemods.rule import Default, rule


@rule("MN801", Default.REVIEW)
def modernize_loading(scope: Scope) -> Iterator[Finding]:
    """Load rows by API that SQLAlchemy has, and has still.

    ## What it does
    Finds options that are strings, `load_only("name")` and `joinedload("lines.product")`, and names
    the attributes by their classes; `subqueryload()`, which becomes `selectinload()`;
    `session.query(Order).get(key)`, which becomes `session.get(Order, key)`. Where the project runs
    on 2.0, `bulk_insert_mappings(Tag, rows)` becomes `execute(insert(Tag), rows)`, for review, and
    its like are reported; so are baked queries, and what never was: `set_batch_strategy()` and
    `baked_query()`.

    ## Why
    SQLAlchemy 2.0 removed strings from its options: the query raises `ArgumentError`. A subquery
    repeats the whole query for each relationship, and under a LIMIT without a total order it may
    load the items of other rows; `selectinload()` asks by the keys that were found. `Session.get()`
    does what `Query.get()` does, the look into the session first included. Compiled statements
    are cached since 1.4, which is all that baked queries were for. A guide to fast loading that is
    passed around recommends most of this, and `set_batch_strategy()`, which no version has: the
    sizes of batches are `yield_per()`, and `selectinload(chunksize=…)` from 2.1 on.

    ## Left alone
    `Query.get()` with options, and that of Flask-SQLAlchemy's `Order.query`; strings on classes
    that are not known; projects on 1.4 alone, as far as `get()` and bulk methods go. For review are
    strings where the project runs on 2.0, since they raise there today, and `subqueryload()` of
    items without a declared order or under a LIMIT.

    ## Cost
    Statements stay as many as they are; `selectinload()` sends one for each 500 rows.
    """
    for found in outdated(scope):
        yield Finding(
            code="MN801",
            name="modernize-loading",
            message=found.message,
            severity=Severity.LOW,
            place=scope.place(found.node),
            function=scope.name,
            fix=(
                Fix(found.title, found.conditions, partial(tuple, found.patches))
                if found.possible
                else None
            ),
            preconditions=found.conditions,
        )
