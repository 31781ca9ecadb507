"""MN102 narrow-relationship."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Note, Role, Severity
from codemods.orm.declaration import Declaration
from codemods.orm.wide_relationships import wide_relationships
from codemods.rule import Default, model_rule

_SHOWN = 4


@model_rule("MN102", Default.REVIEW)
def narrow_relationship(declaration: Declaration) -> Iterator[Finding]:
    """Load a collection with the queries that read it, and not with every row of its class.

    ## What it does
    Finds collections that a model declares `lazy="selectin"`, `"joined"`, `"subquery"` or
    `"immediate"`, where some query of the project selects many rows of the class and nobody reads
    the collection on them. The declaration loses its `lazy`, and each query whose rows it is read on
    gets `selectinload()`.

    ## Why
    A strategy in the model holds for every query: a list of two hundred servers that shows their
    names fetches the whole history of each. Nothing in the code of the query says so, and it gets
    worse as the tables grow.

    A post that takes a dashboard from 4 s to 120 ms in this way calls it the N+1 problem, which it
    is not: `lazy="selectin"` sends one statement more per 500 servers. What it costs is the rows.
    A plain declaration alone, the first of its two steps, would make an N+1 of every loop that
    reads the history: the options at the queries, or one query for what is needed of it, have to
    come with it; `load-window` writes that query where a loop needs a part of each collection.

    ## Left alone
    References to one row, which a join brings cheaply; collections that every query reads, or of
    whose rows it is not seen what is done with them; queries for one row, and those with
    options of their own, which may say how to load it; arguments that are not written out. An
    inner join leaves out rows without items, and is reported without a fix. Who reads a
    relationship is never known for sure: in a template, a serializer, another project, or after the
    session is closed a plain one is loaded once per row, or raises. Every fix is for review.

    ## Cost
    A query that does not read the collection sends `1 + ⌈servers/500⌉` statements, and then `1`; it
    fetches `servers + records` rows, and then `servers`.
    """
    for found in wide_relationships(declaration):
        known = found.preconditions
        yield Finding(
            code="MN102",
            name="narrow-relationship",
            message=found.message,
            severity=Severity.LOW if found.joined else Severity.MEDIUM,
            place=found.relationship.place,
            related=(
                *(
                    Note(
                        Role.USE, scope.place(run.query.roots[0]), "loads it, and does not read it"
                    )
                    for scope, run in found.idle
                ),
                *(Note(Role.USE, r.place, "reads it") for r in found.readers[:_SHOWN]),
            ),
            cost=found.cost,
            fix=Fix.if_possible(f"Load {found.label} where it is read", known, found.patches),
            preconditions=known,
        )
