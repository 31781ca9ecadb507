"""Dynamic relationships that a loop queries row by row: what has to hold to ask for all rows at
once, and queries in what the loop calls or renders."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Note, Precondition, Role, Status
from codemods.orm import rounds
from codemods.orm.events import Act
from codemods.orm.naming import plural, singular, snake, words
from codemods.orm.preconditions import effects, no_unknown_calls, proven, refuted, unknown
from codemods.orm.values import Items, Row
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.events import Loop, Run
    from codemods.orm.frames import Frame
    from codemods.orm.hoisting import Hoist
    from codemods.orm.query import Related
    from codemods.orm.scope import Scope


@dataclass(frozen=True, eq=False)
class Elsewhere:
    """A query that a loop leads to: `frame` is the first activation below the loop's own."""

    scope: Scope = field(repr=False)
    run: Run
    related: Related
    loop: Loop
    frame: Frame | None

    @property
    def place(self) -> Place:
        call = self.frame.call if self.frame is not None else None
        return self.scope.place(call if call is not None else self.run.node)

    @property
    def rows(self) -> str:
        items = self.loop.items
        row = items.element if isinstance(items, Items) else None
        return plural(snake((row if isinstance(row, Row) else self.related.row).model.name))

    @property
    def message(self) -> str:
        done = "counted" if self.run.terminal == "count" else "queried"
        each = words(singular(self.rows))
        if self.frame is None:
            return f"{self.related.label} is {done} for each {each}"
        return f"{self.related.label} is {done} for each {each} by {self.frame.code.title}"

    @property
    def problem(self) -> Precondition:
        home = self.run.frame.code
        what = "the template" if home.renderer is not None else home.title
        reason = f"{what} asks by itself, and would have to be given what is fetched for all"
        return refuted(self.scope, "asked-in-the-loop", reason, self.run)

    @property
    def cost(self) -> Cost:
        return Cost(Amount(f"1 + {self.rows}", self.rows), None)

    @property
    def related_places(self) -> Iterator[Note]:
        scope = self.scope
        yield scope.note(Role.QUERY, self.run.node, "this is sent for one row at a time")
        if scope.placed(self.loop.iterable):
            text = f"{words(self.rows)} are gone through here"
            yield scope.note(Role.LOOP, self.loop.iterable, text)


_LEAVING = (Act.EXPUNGE, Act.CLOSE)
_WRITES = (Act.ADD, Act.DELETE, Act.SET, Act.APPEND, Act.DML, Act.SQL)


def conditions(hoist: Hoist) -> tuple[Precondition, ...]:
    """The preconditions of a lookup, and those of giving up the relationship.

    Whether a row is in the session makes no difference to a relationship, which asks always.
    """
    found = [p for p in hoist.preconditions if p.name != "not-loaded-already"]
    return (*found, *_given_up(hoist)) if hoist.possible else tuple(found)


def possible(found: tuple[Precondition, ...]) -> bool:
    """True if none of the preconditions is refuted."""
    return all(condition.status is not Status.REFUTED for condition in found)


def _given_up(hoist: Hoist) -> Iterator[Precondition]:
    run = hoist.lookup.run
    related = run.query.begins
    assert related is not None
    yield _part_asked(hoist, related)
    yield _in_session(hoist, related)
    yield _as_declared(hoist, related)
    if related.through:
        yield _not_linked(hoist, related)


def _part_asked(hoist: Hoist, related: Related) -> Precondition:
    """Who reads all of the rows wants no dynamic relationship (traps c1_11, c1_12)."""
    name, lookup = "part-asked", hoist.lookup
    if lookup.kind in ("rows", "totals") and not lookup.query.calls:
        text = (
            f"all rows of {related.label} are read, which a relationship that is not dynamic loads "
            "with the rows that it belongs to"
        )
        return refuted(hoist.scope, name, text, lookup.run)
    return proven(name, f"a number or a part of {related.label} is asked for")


def _in_session(hoist: Hoist, related: Related) -> Precondition:
    """The rows are still in the session that their query was sent by."""
    name, scope = "rows-in-session", hoist.scope
    sent = [origin.run.index for origin in related.row.origins if origin.run is not None]
    between = scope.events[min(sent, default=0) : hoist.lookup.loop.first]
    for effect in effects(between, *_LEAVING):
        text = f"the rows may have left the session, where {related.label} finds nothing"
        return unknown(scope, name, text, effect)
    if _several_sessions(hoist, related):
        text = "the rows may come from several sessions, and one is asked"
        return unknown(scope, name, text, hoist.lookup.run)
    called = no_unknown_calls(scope, between)
    if called.status is not Status.PROVEN:
        return replace(called, name=name)
    return proven(name, "the rows are in the session that is asked")


def _not_linked(hoist: Hoist, related: Related) -> Precondition:
    """Nothing may write the table in between, of which it is not known what it is mapped to."""
    name, loop = "links-not-written", hoist.lookup.loop
    for effect in effects(hoist.scope.events[loop.first : loop.last + 1], *_WRITES):
        text = f"this may write the table that {related.label} goes through"
        return unknown(hoist.scope, name, text, effect)
    return proven(name, f"nothing writes the table that {related.label} goes through")


def _several_sessions(hoist: Hoist, related: Related) -> bool:
    """True if not all of the rows come by one session, or its name is bound again."""
    scope, node = hoist.scope, hoist.lookup.run.session_node
    runs = [origin.run for origin in related.row.origins]
    asked = {run and run.session_node and ast.dump(run.session_node) for run in runs}
    if None in runs or len(asked) > 1:
        return True
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} if node is not None else set()
    bound = [
        n
        for n in ast.walk(scope.node)
        if (isinstance(n, ast.Name) and n.id in names and not isinstance(n.ctx, ast.Load))
        or (isinstance(n, ast.arg) and n.arg in names)
    ]
    return len(bound) > 1


def _as_declared(hoist: Hoist, related: Related) -> Precondition:
    """The relationship asks for nothing but what it is declared with."""
    name, scope, run = "asked-as-declared", hoist.scope, hoist.lookup.run
    if related.step.relationship.query_class:
        text = f"{related.label} has a query class of its own, which may add conditions"
        return refuted(scope, name, text, run)
    custom = any(factory.query_class for factory in scope.index.factories.values())
    if custom or hoist.lookup.model.custom_query:
        text = "the project has a query class of its own, which may add conditions"
        return unknown(scope, name, text, run)
    return proven(name, f"{related.label} asks for the rows with its key, in its order")


def elsewhere(scope: Scope) -> Iterator[Elsewhere]:
    """Every such query of the scope, once."""
    seen = set()
    for run in scope.related_runs:
        related = run.query.begins
        if run.own or related is None or (run.node, related.label) in seen:
            continue
        via = {
            loop for origin in related.row.origins if origin.run is not None for loop in origin.via
        }
        loop = next((x for x in run.loops if x in via and not x.once), None)
        if loop is None or rounds.is_short(loop) or not run.frame.chain:
            continue
        rendered = loop.frame.code.renderer is not None
        if loop.frame is not scope.flow.root and not rendered:
            continue
        inner = run.frame.chain[run.frame.chain.index(loop.frame) + 1 :]
        if any("cache" in name or "memo" in name for f in inner for name in f.code.decorators):
            continue
        seen.add((run.node, related.label))
        yield Elsewhere(scope, run, related, loop, inner[0] if inner else None)
