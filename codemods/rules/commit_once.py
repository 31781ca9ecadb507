"""MN404 commit-once."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Amount, Cost, Finding, Role
from codemods.orm import rounds
from codemods.orm.commit_fixes import suggestion
from codemods.orm.commits import repeated
from codemods.orm.events import Act
from codemods.orm.scope import Scope
from codemods.rule import rule

_VERBS = {Act.COMMIT: "commits", Act.FLUSH: "flushes", Act.REFRESH: "refreshes"}
_ROWS = {
    Act.COMMIT: "the transaction is committed here",
    Act.FLUSH: "what is pending is flushed here",
    Act.REFRESH: "the row is read again here",
}
_OFTEN = {1: "once", 2: "twice"}


@rule("MN404")
def commit_once(scope: Scope) -> Iterator[Finding]:
    """Commit a loop's work once, after the loop.

    ## What it does
    Finds loops that commit for each of their items, flush for each of them though nothing in the
    loop needs it, or read each row again with `refresh()`: in the loop itself or in a function
    that it calls. The finding stands at the loop, with the cost of the loops around it. How the
    code would look is shown; it is never applied, because one transaction saves all or nothing.

    ## Why
    A commit makes the database write its log to disk before it answers, sends what is pending in
    one statement for each row instead of one for all of them, and expires all rows of the session,
    which are then loaded again one by one. A function that commits, such as
    `create_notification(db, ...)`, gets a parameter `commit=True` and its callers in loops pass
    `commit=False`.

    ## Left alone
    Commits that only every so many items come to, and those of chunks and pages; in `except` and
    `finally`; of items that may fail by themselves (an `except` that goes on, a rollback, a
    savepoint); before a `break`; that end a lock, show progress or follow something that was done
    outside of the database for the item, such as a request or a message; `while` loops; loops over
    a few literal items; sessions that are opened for each item; tests and migrations. A flush that gives a key
    that is read, or what a query in the loop is to find, is needed.

    ## Cost
    `campaigns·users` commits become `1`.
    """
    for found in repeated(scope):
        acts = [effect.act for effect in found.effects]
        verbs = " and ".join(_VERBS[act] for act in acts)
        who = found.helper or "the loop"
        often = _OFTEN.get(found.often, f"{found.often} times")
        if found.sometimes:
            often = f"up to {often}"
        needless = ", which nothing in the loop needs" if acts[0] is Act.FLUSH else ""
        each = found.often + len(acts) - 1
        count = f"{each}·{found.times}" if each > 1 else found.times
        fix = suggestion(found) if found.often == 1 else None
        notes = [scope.note(Role.CALL, found.first.site, f"{found.helper} is called here")]
        yield Finding(
            code="MN404",
            name="commit-once",
            message=f"{who} {verbs} {often} per {rounds.item_of(found.loop)}{needless}",
            severity=rounds.severity(scope, found.effects[0].loops),
            place=scope.loop_place(found.loop),
            function=scope.name,
            related=(
                *(notes if found.helper else ()),
                *(
                    scope.note(Role.USE, e.node, _ROWS[e.act])
                    for e in (*found.effects, *found.more)
                ),
            ),
            cost=Cost(Amount(count, found.times), Amount("1", found.times)),
            fix=fix,
            preconditions=fix.preconditions if fix else (),
        )
