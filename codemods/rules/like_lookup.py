"""MN208 like-lookup."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Role
from codemods.orm import rounds
from codemods.orm.like_lookups import like_lookups
from codemods.orm.naming import each_of
from codemods.orm.scope import Scope
from codemods.rule import Default, rule


@rule("MN208", Default.REVIEW)
def like_lookup(scope: Scope) -> Iterator[Finding]:
    r"""Fetch the texts in which a loop looks for one item after the other, once.

    ## What it does
    Finds queries in a loop that look for the text of an item with `contains()`, `startswith()`,
    `endswith()`, `like()` or `ilike()`: `OsintItem.source_url.contains(cve_id)` for each
    vulnerability. The texts that the rest of the query finds are fetched before the loop, and each
    item is looked for in them: `any(cve_id in source_url for source_url in source_urls)`. What the
    loop adds to the table is added to them too.

    ## Why
    A LIKE that begins with a wildcard uses no index, and here it is sent for each item: each time
    the database reads every text again.

    ## Left alone
    Loops that commit, or change rows of the table. Without a fix are `like()` and `ilike()`, which
    have patterns and fold case as the database does; databases other than PostgreSQL and Oracle,
    whose LIKE may find a text in another case (as SQLite's and MySQL's do); collations; and keys
    that may have a `%`, a `_` or a backslash, which the database takes for more than letters. They
    have none where the query says `autoescape=True`, where the loop goes on with the next item
    unless `key.isalnum()`, or unless a regular expression of letters and digits, such as
    `re.fullmatch(r"CVE-\d{4}-\d+", key)`, matches, and in a list that is written out. All fixes are
    for review, as the texts may be many.

    ## Cost
    `vulns` statements become `1`.
    """
    for found in like_lookups(scope):
        conditions, possible = found.preconditions, found.possible
        model, column, items = found.model.name, found.column.name, found.what
        yield Finding(
            code="MN208",
            name="like-lookup",
            message=(
                f"{model}.{column} is searched with LIKE for every "
                f"{rounds.item_of(found.inner)} of this loop"
            ),
            severity=rounds.severity(scope, found.run.loops),
            place=scope.place(found.run.expression),
            function=scope.name,
            related=(scope.note(Role.LOOP, found.inner.iterable, each_of(items)),),
            cost=found.cost,
            fix=(
                Fix(f"Fetch {model}.{column} once, before the loop", conditions, found.patches)
                if possible
                else None
            ),
            preconditions=conditions,
        )
