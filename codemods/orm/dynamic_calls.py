"""Dynamic relationships that are queried in what a loop calls or renders, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Note, Precondition, Role
from codemods.orm import rounds
from codemods.orm.naming import plural, singular, snake, words
from codemods.orm.preconditions import refuted
from codemods.orm.values import Items, Row
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.events import Loop, Run
    from codemods.orm.frames import Frame
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
        loop = next((x for x in run.loops if x in via and run.repeated_in(x)), None)
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
