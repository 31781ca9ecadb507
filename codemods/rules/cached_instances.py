"""MN702 cached-instances."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Severity
from codemods.orm.kept_rows import kept_rows
from codemods.orm.naming import plural, snake
from codemods.orm.scope import Scope
from codemods.rule import rule


@rule("MN702")
def cached_instances(scope: Scope) -> Iterator[Finding]:
    """Do not keep rows of a session in a cache.

    ## What it does
    Finds mapped objects that a function decorated with `lru_cache` and the like returns, that are
    put into a dict or list of the module, or that are pickled.

    ## Why
    A mapped object belongs to the session that loaded it. Once that is closed, a lazy load raises
    DetachedInstanceError; while it is open, another thread or request uses the same session; after
    a commit the object is expired, so that the cache saves nothing; and what others change in the
    database is never seen. Keep plain values (a dict, a dataclass, the key) and say when they end.

    ## Left alone
    Columns and numbers; objects that the function has expunged from the session; `cached_property`,
    which lives as long as its object; tests.

    ## Cost
    None of its own: what it saves are statements that are sent again once the rows are expired.
    """
    for kept in kept_rows(scope):
        rows = plural(snake(kept.model.name)).replace("_", " ")
        yield Finding(
            code="MN702",
            name="cached-instances",
            message=f"{rows} of a session are {kept.where}",
            severity=Severity.LOW,
            place=scope.place(kept.node),
            function=scope.name,
        )
