"""MN305 filter-in-database."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Amount, Cost, Finding, Fix, Severity
from codemods.orm.best_rows import best_rows
from codemods.orm.counting import things
from codemods.orm.cutting import Cut, cuts
from codemods.orm.first_found import FirstFound, first_found
from codemods.orm.loop_results import loop_results
from codemods.orm.narrowing import Narrowing, narrowings
from codemods.orm.rows_with_children import kept_for_child
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN305")
def filter_in_database(scope: Scope) -> Iterator[Finding]:
    """Let the database leave out the rows that the code drops.

    ## What it does
    Finds comprehensions over all rows of one query that keep some of them
    (`[o for o in query.all() if o.status == PAID]`), or `list(filter(lambda o: …, query.all()))`,
    and moves the condition into the query; slices and the first row of a list
    (`query.all()[:10]`, `sorted(query.all(), key=...)[:10]`, `rows[0]`), which become a LIMIT, as
    does `next((o for o in query.all() if o.status == PAID), None)`, which is `.filter(...).first()`;
    and sets of one column, which become a DISTINCT. Loops that do the same and nothing else are
    taken for what they mean: those that return the first row with a condition, or keep it and
    break, those that keep the row with the largest value, as `max(rows, key=...)` does, and those
    that append some rows to a new list. A part of a list, `rows[20:40]`, becomes OFFSET and LIMIT.

    ## Why
    Rows that are dropped have been read, sent and made objects of first.

    ## Left alone
    Conditions that SQL answers in another way: the order of text, columns that may be None where
    Python raises for it, custom types, what is computed for each row. `not x.flag` and `!=` keep
    rows without a value, which SQL leaves out: the new condition says so. Rows that are changed and
    not flushed, loops whose variable is used after them, the last of rows that are alike, a LIMIT
    that is there already, and joins that repeat rows. For review is an order with ties, or none:
    fewer rows may come in another one; so are `rows[-1]`, for which the order is turned around, and
    parts whose bounds may be negative. Sorting alone saves nothing and stays.
    Rows that are kept for having a child are `subquery-instead-of-ids`'s.

    ## Cost
    One statement before and after, of which fewer rows are fetched.
    """
    found: list[Narrowing | Cut] = [
        *narrowings(scope), *first_found(scope), *best_rows(scope), *loop_results(scope),
        *cuts(scope),
    ]  # fmt: skip
    told = {kept.condition for kept in kept_for_child(scope)} if found else set()
    for item in sorted(found, key=lambda item: item.rows.run.index):
        if isinstance(item, Narrowing) and not told.isdisjoint(item.clause.ifs):
            continue
        conditions = item.preconditions
        left = "1" if isinstance(item, FirstFound) else "rows"
        cost = Cost(Amount("1", things(item.rows)), Amount("1", left))
        yield Finding(
            code="MN305",
            name="filter-in-database",
            message=item.message,
            severity=Severity.LOW,
            place=scope.place(item.node),
            function=scope.name,
            cost=None if item.rows.run.loops else cost,
            fix=Fix.if_possible(item.title, conditions, item.patches),
            preconditions=conditions,
        )
