"""MN303 exists-in-database."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Role, Severity
from codemods.orm.emptiness import emptinesses
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN303")
def exists_in_database(scope: Scope) -> Iterator[Finding]:
    """Ask the database whether there is a row, where that is all that is used.

    ## What it does
    Finds `if query.all():`, `len(query.all()) == 0`, `bool(query.all())`, `query.count() > 0` and
    `session.scalar(select(func.count())…) > 0`, and variables that hold such a list or count and
    are only tested; also `query.first() is not None`. They become
    `session.query(query.exists()).scalar()`, or `session.execute(select(statement.exists()))` where
    the file writes SELECTs: these forms flush pending objects on every version of SQLAlchemy, as
    the query did; `select(exists().where(...))` does not.

    ## Why
    The database can stop at the first row. To make a list it sends all of them, and to count it
    visits all of them.

    ## Left alone
    Rows that are used afterwards; DISTINCT, GROUP BY, FOR UPDATE, UNION and text; eager loads by an
    inner join, which leave rows out. For review are rows that a later `get()` or a many-to-one
    would find in the session, and classes whose loading somebody listens to; and `query.first() is
    not None`, which fetches one row, with all of its columns. A `first()` of a `select()` fetches
    all rows, unless there is a LIMIT. Queries by a unique key, which find one row at most,
    `if query.first():` of a Query, and assertions are no findings.

    ## Cost
    One statement before and after; of `orders` rows, one is left.
    """
    for found in emptinesses(scope):
        conditions, rows = found.preconditions, found.rows
        done = "counted" if found.counts else "loaded"
        every = f"the first {found.what}" if found.first else f"every {found.what}"
        yield Finding(
            code="MN303",
            name="exists-in-database",
            message=f"{every} that the query finds is {done} only to see if there is one",
            severity=Severity.LOW,
            place=scope.place(found.tests[0].node),
            function=scope.name,
            related=(
                (
                    scope.note(
                        Role.QUERY,
                        rows.expression,
                        f"{'it is' if found.first else 'the rows are'} {done} here",
                    ),
                )
                if rows.assigned is not None
                else ()
            ),
            cost=found.cost,
            fix=Fix.if_possible("Ask with EXISTS", conditions, found.patches),
            preconditions=conditions,
        )
