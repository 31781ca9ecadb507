"""MN701 cache-lookup."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Finding, Fix, Severity
from codemods.orm import rounds
from codemods.orm.kept_answers import kept_answers
from codemods.orm.repeated_places import repeated_places
from codemods.orm.scope import Scope
from codemods.rule import Default, rule


@rule("MN701", Default.OPT_IN)
def cache_lookup(scope: Scope) -> Iterator[Finding]:
    """Ask once for what a loop looks up again with the same key.

    ## What it does
    Finds queries in a loop, and calls in it of functions that do nothing but query, whose keys may
    come again: the exchange rate of a currency and a day, the value of a setting. The fix keeps the
    answers in a dict that stands before the loop and is gone after it:
    `if code not in known_rates: known_rates[code] = rate(session, code)`. For values that may be
    some minutes old in all requests, the alternative shows a region of dogpile.cache. A function
    that looks up one constant key in several places, here and in what is called, is told.

    It runs where it is selected: `minusn check --select cache-lookup`.

    ## Why
    Orders of a year have 365 days and three currencies, and ten thousand lines. What a cache must
    not do is to outlive what it holds. Four ways that are often shown, and what goes wrong:

    - A dict of the module, `cache[user_id] = session.query(User).get(user_id)`: the rows belong to
      the session of the first request; others use them from their threads, or find them detached or
      expired. Nothing ever takes a row out, so that changes are not seen and memory grows.
    - Redis, `if r.exists(key): result = loads(r.get(key))` and then, without `else`,
      `result = query.all()`: the query is sent every time, and two requests with a miss send it
      twice. What is stored are pickled instances: loaded, they are in no session, they break when
      the class changes, and whoever can write to Redis runs code in `loads()`.
    - dogpile.cache, a region that is configured and not used: without
      `@region.cache_on_arguments()` nothing is kept. With it, a session among the arguments is part
      of the key, which then never comes again, and rows are kept as in a dict of the module.
      Columns, tuples and dicts may be kept, with a time and a `delete()` where the table is written.
    - A query: `baked_query` does not exist, and a `bakery` keeps the text of the SQL and no rows.
      It takes a lambda of a session, and parameters by `bindparam()`; SQLAlchemy 1.4 and newer
      keep the text of every query by themselves.

    ## Left alone
    Lookups that `hoist-lookup`, `batch-helper` or `hoist-invariant` fetch before the loop, by one
    query and not by one for each key: these are reported without a fix. Loops that write what they
    look up, or commit where rows are kept; functions that write; keys that come once, as the
    primary key of the loop's rows; rows as keys; `get()`, which the session answers itself; what is
    kept already. A function that logs or asks for the time, answers that a round may change and
    keys of an unknown kind are told. As nothing says how often a key comes again, and another
    transaction may commit meanwhile, every fix is for review.

    ## Cost
    `1 + lines` statements become `1 + distinct_currencies`, one for each different key.
    """
    for kept in kept_answers(scope):
        yield Finding(
            code="MN701",
            name="cache-lookup",
            message=kept.message,
            severity=rounds.severity(scope, kept.lookup.loops),
            place=kept.place,
            function=scope.name,
            related=tuple(kept.related),
            cost=kept.cost,
            fix=Fix(kept.title, kept.preconditions, kept.patches) if kept.possible else None,
            alternatives=kept.alternatives,
            preconditions=kept.preconditions,
        )
    for places in repeated_places(scope):
        yield Finding(
            code="MN701",
            name="cache-lookup",
            message=places.message,
            severity=Severity.MEDIUM,
            place=places.place,
            function=scope.name,
            related=tuple(places.related),
            cost=places.cost,
            preconditions=(places.condition,),
        )
