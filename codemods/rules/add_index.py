"""MN601 add-index."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Note, Role, Severity
from codemods.orm.declaration import Declaration
from codemods.orm.index_code import IndexCode
from codemods.orm.index_plan import lacked
from codemods.rule import Default, model_rule

_SHOWN = 5


@model_rule("MN601", Default.OPT_IN, review=True)
def add_index(declaration: Declaration) -> Iterator[Finding]:
    """Give an index to columns that queries find, join or sort rows by.

    ## What it does
    Reads the queries of the whole project, and finds columns that they compare for equality or with
    a range, that they join by, or that they sort by to take the first rows; and foreign keys. Where
    no primary key, unique constraint or index begins with such a column, in the models or in a
    migration, it gets `index=True`. Columns that one query compares together get one
    `Index(…)` in `__table_args__`: first a foreign key, or what most queries compare; where nothing
    else is compared, then a range, or the column that they are sorted by.

    It runs where it is selected: `minusn check --select add-index`. A model does not change the
    database. `minusn apply --review --select add-index --alembic migrations` writes the models, and
    an Alembic revision that creates the same indexes and drops them again.

    ## Why
    Without an index the database reads the whole table to find a row, and sorts it to give the
    first ten. A foreign key without one makes every load of a collection, every join from its
    other side and every delete of the row it refers to read the whole table; only MySQL and MariaDB
    give each foreign key an index of its own.

    ## Left alone
    Columns with `index=False`; those of types that a plain index does not suit (`Text`, JSON,
    binary); flags, which tell few rows apart; `!=`, `IS NULL`, `LIKE` and functions of a column;
    an ORDER BY of all rows, which are read anyway; queries that come by a key or an
    index already and filter what that finds; association tables without a class. Each index costs
    time at every write: on a table of a few hundred rows, or one that is written far
    more often than read, none of this is worth it, so that every fix is for review.

    ## Cost
    No statement more or less: each reads less of its table.
    """
    for found in lacked(declaration):
        code = IndexCode(declaration, found)
        yield Finding(
            code="MN601",
            name="add-index",
            message=found.message,
            severity=Severity.LOW,
            place=code.place,
            related=tuple(Note(Role.USE, p, "asks for it") for p in found.places[:_SHOWN]),
            fix=Fix.if_possible(code.title, code.preconditions, code.patches, index=code.made),
            preconditions=code.preconditions,
        )
