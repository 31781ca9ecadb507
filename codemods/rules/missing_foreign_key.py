"""MN602 missing-foreign-key."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Note, Role, Severity
from codemods.orm.declaration import Declaration
from codemods.orm.unlinked import unlinked
from codemods.rule import model_rule

_SHOWN = 5


@model_rule("MN602")
def missing_foreign_key(declaration: Declaration) -> Iterator[Finding]:
    """Tell of columns that queries use as another table's key, without a foreign key.

    ## What it does
    Finds `Message.author` where a query says `Message.author == User.id`, or looks a user up with
    `User.id == message.author`, and the column has no `ForeignKey`. It is reported: rows that are
    there may refer to nothing, which a new constraint refuses, and whether a row that is referred
    to may be deleted is for a person to say. With

        author = Column(Integer, ForeignKey("users.id"))

    a relationship needs no `primaryjoin`, and its rows can be loaded eagerly.

    ## Why
    The database does not know of the link: rows stay that refer to a user who is gone, and inner
    joins lose them without a word. SQLAlchemy does not know of it either: `relationship()` fails,
    so that code fetches the other row by hand, often once per row.

    ## Left alone
    Columns that are compared with keys of several tables, or that have a `…_type` beside
    them, which refer to a row of any table; columns that a relationship with its own
    `primaryjoin` uses; classes with different `__bind_key__` or declarative bases, whose tables are
    in different databases or metadata; columns of another type than the key.

    ## Cost
    No statement more or less.
    """
    for found in unlinked(declaration):
        name = f"{found.model.name}.{found.column.name}"
        yield Finding(
            code="MN602",
            name="missing-foreign-key",
            message=(
                f"{name} is used as the key of {found.target.name}, and has no "
                f'ForeignKey("{found.foreign_key}")'
            ),
            severity=Severity.LOW,
            place=found.column.place,
            related=(
                *(Note(Role.USE, p, "compares the two") for p in found.places[:_SHOWN]),
                Note(Role.MODEL, found.key.place, "the key"),
            ),
        )
