"""Members of rows, and functions of schemas and templates, that send a query row by row.

Nothing can be handed to a property, and what a method asks for depends on the row that it is called
on, or that a schema or template gives it: these are for a person, who has a relationship or a
`column_property` instead.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Note, Precondition, Role
from codemods.orm.naming import plural, singular, snake, words
from codemods.orm.preconditions import refuted
from codemods.orm.values import Cell, Items, Row, Value
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.events import Loop, Run
    from codemods.orm.frames import Code, Frame
    from codemods.orm.scope import Scope
    from codemods.project.model import Model


@dataclass(frozen=True, eq=False)
class RowQuery:
    """A member of a mapped class that sends queries for each row that a loop goes through.

    Args:
        frame: the first activation of a member that leads to the queries.
        member: that of the member which asks.
        runs: what it asks for with the values of its own row.
        loop: the loop over the rows.
    """

    scope: Scope = field(repr=False)
    frame: Frame
    member: Frame
    row: Row
    loop: Loop
    runs: tuple[Run, ...]

    @property
    def place(self) -> Place:
        call = self.frame.call
        if call is not None and self.scope.placed(call):
            return self.scope.place(call)
        return self.scope.place(self.runs[0].node)

    @property
    def led(self) -> Iterator[Place]:
        """The places that lead to it in the function that is looked at: its own, and a call of a
        function that has it."""
        yield self.place
        for frame in self.frame.chain[1:2]:
            if frame.call is not None and self.scope.placed(frame.call):
                yield self.scope.place(frame.call)

    @property
    def name(self) -> str:
        return self.member.code.title

    @property
    def inner(self) -> tuple[Frame, ...]:
        """The activations that lead to the first query."""
        chain = self.runs[0].frame.chain
        return chain[chain.index(self.frame) + 1 :]

    @property
    def rows(self) -> str:
        """What one calls the rows of the loop, which may only lead to those with the member."""
        items = self.loop.items
        row = items.element if isinstance(items, Items) else None
        return plural(snake((row if isinstance(row, Row) else self.row).model.name))

    @property
    def message(self) -> str:
        number = len(self.runs)
        what = "a query" if number == 1 else f"{number} queries"
        each = words(singular(self.rows))
        return f"{self.name} sends {what} for each {each}"

    @property
    def condition(self) -> Precondition:
        """Why this is for a person."""
        reason = (
            f"{self.name} asks with the values of its own row, and takes nothing from its caller"
            if _self(self.member) is not None
            else f"{self.name} is called by {_renderer(self.frame)} with one row at a time"
        )
        if (name := self._relationship) is not None:
            reason += (
                f"; {self.row.model.name}.{name} leads to the same table and can be loaded ahead"
            )
        elif all(run.terminal in _NUMBERS for run in self.runs):
            reason += "; a column_property() is loaded with the rows"
        else:
            reason += "; a relationship can be loaded with the rows"
        return refuted(self.scope, "takes-a-parameter", reason, self.runs[0])

    @property
    def _relationship(self) -> str | None:
        """The relationship of the row that all of the queries could go through."""
        asked = {_model(run) for run in self.runs}
        for name, found in self.row.model.relationships.items():
            if len(asked) == 1 and found.target in asked:
                return name
        return None

    @property
    def cost(self) -> Cost:
        number = len(self.runs)
        times = self.rows if number == 1 else f"{number}·{self.rows}"
        return Cost(Amount(f"1 + {times}", self.rows), None)

    @property
    def related(self) -> Iterator[Note]:
        scope = self.scope
        for run in self.runs:
            yield scope.note(Role.QUERY, run.node, "this is sent for one row at a time")
        for frame in self.inner:
            if frame.call is not None and scope.placed(frame.call):
                yield scope.note(Role.CALL, frame.call, f"this leads to {frame.code.title}")
        if scope.placed(self.loop.iterable):
            yield scope.note(
                Role.LOOP, self.loop.iterable, f"{words(self.rows)} are gone through here"
            )


_NUMBERS = frozenset({"count", "exists", "scalar"})


def row_queries(scope: Scope) -> Iterator[RowQuery]:
    """Every member of a row that the loops of this function, or of what it renders, make send
    queries."""
    found: dict[tuple[Code, Loop], tuple[Frame, Frame, Row, list[Run]]] = {}
    for run in scope.runs:
        asked = _asked(run) if run.query.begins is None else None
        if asked is None:
            continue
        frame, member, row, loop = asked
        if loop.frame is not scope.flow.root and loop.frame.code.renderer is None:
            continue
        runs = found.setdefault((member.code, loop), (frame, member, row, []))[3]
        if all(other.node is not run.node for other in runs):
            runs.append(run)
    for (_, loop), (frame, member, row, runs) in found.items():
        yield RowQuery(scope, frame, member, row, loop, tuple(runs))


def _asked(run: Run) -> tuple[Frame, Frame, Row, Loop] | None:
    """The first and the last member of a row that lead to a query which is keyed by that row, and
    the loop over the rows."""
    chain = list(enumerate(run.frame.chain[1:], 2))
    members = [(number, frame, _self(frame)) for number, frame in chain]
    members += [(number, frame, _handed(frame)) for number, frame in chain]
    for number, frame, row in members:
        if row is None or frame.call is None or any("cache" in d for d in frame.code.decorators):
            continue
        via = {loop for origin in row.origins if origin.run is not None for loop in origin.via}
        loop = next((x for x in frame.loops if x in via and run.repeated_in(x)), None)
        if loop is None or run.loops != frame.loops or not _keyed(run, row):
            continue
        below = (
            f for f in run.frame.chain[number:]
            if (own := _self(f)) is not None and own.origins == row.origins
        )  # fmt: skip
        return frame, next(reversed([frame, *below])), row, loop
    return None


def _self(frame: Frame) -> Row | None:
    """The row that a member is called on."""
    node = frame.code.node
    if isinstance(node, ast.Module) or frame.code.owner is None:
        return None
    first = [*node.args.posonlyargs, *node.args.args][:1]
    value: Value | None = frame.env.get(first[0].arg) if first else None
    return value if isinstance(value, Row) else None


def _renderer(frame: Frame) -> str | None:
    """The schema or template that calls a function, as a user knows it."""
    renderer = frame.caller.code.renderer if frame.caller is not None else None
    return renderer.name if renderer is not None else None


def _handed(frame: Frame) -> Row | None:
    """The row that a schema calls a method of its own with, or a template a function."""
    node = frame.code.node
    if _renderer(frame) is None or isinstance(node, ast.Module):
        return None
    rows = [frame.env.get(item.arg) for item in node.args.args]
    return next((row for row in rows if isinstance(row, Row)), None)


def _keyed(run: Run, row: Row) -> bool:
    """True if the query asks with a value of this row."""
    values = [*(p.value for p in run.query.predicates), *run.arguments]
    return any(
        isinstance(value, Cell)
        and value.row is not None
        and value.row.origins == row.origins
        and value.row.model is row.model
        for value in values
    )


def _model(run: Run) -> str | None:
    model: Model | None = next((e.model for e in run.query.entities if e.model), None)
    if model is None:
        tables = run.query.tables
        return next(iter(tables)) if tables and len(tables) == 1 else None
    return model.full_name
