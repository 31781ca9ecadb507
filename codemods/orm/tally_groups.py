"""Tallies that one statement can answer together, and what must hold for that."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Precondition, Status
from codemods.orm import names, preconditions
from codemods.orm.events import Act, Effect, Event, Run
from codemods.orm.moments import Moments
from codemods.orm.naming import plural, snake
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.query import Query
from codemods.orm.tallies import Tally, tally_of
from codemods.orm.terms import Term
from codemods.orm.values import Items, Row
from codemods.project.model import Model
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_WRITES = (Act.ADD, Act.DELETE, Act.APPEND, Act.FLUSH, Act.DML, Act.SQL)
_HOOKS = frozenset({"do_orm_execute", "before_compile"})


@dataclass(frozen=True)
class TallyGroup:
    """Tallies of one table, sent one after the other by one session."""

    scope: Scope = field(repr=False)
    tallies: tuple[Tally, ...]

    @property
    def first(self) -> Tally:
        return self.tallies[0]

    @property
    def model(self) -> Model:
        return self.first.model

    @property
    def query(self) -> Query:
        return self.first.run.query

    @property
    def place(self) -> Place:
        return self.scope.place(self.first.expression)

    @property
    def rows_name(self) -> str:
        return plural(snake(self.model.name))

    @property
    def cost(self) -> Cost:
        times = "".join(f"·{loop_name(loop.iterable, loop.items)}" for loop in self.first.run.loops)
        before, after = f"{len(self.tallies)}{times}", times.removeprefix("·") or "1"
        return Cost(Amount(before, before), Amount(after, after))

    @cached_property
    def common(self) -> tuple[Term, ...]:
        """The conditions that every tally has."""
        shared = set.intersection(*({term.text for term in t.terms} for t in self.tallies))
        return tuple({term.text: term for term in self.first.terms if term.text in shared}.values())

    def own(self, tally: Tally) -> tuple[Term, ...]:
        """The conditions that not all of the others have."""
        shared = {term.text for term in self.common}
        return tuple({term.text: term for term in tally.terms if term.text not in shared}.values())

    # What must hold -----------------------------------------------------------------------

    @cached_property
    def moments(self) -> Moments:
        return Moments(self.scope)

    @cached_property
    def window(self) -> Sequence[Event]:
        """What happens from the start of the first statement to the last number."""
        first = self.first.run
        start = first.index
        while start and self.scope.events[start - 1].statement is first.statement:
            start -= 1
        return self.scope.between(start - 1, self.tallies[-1].run.index)

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        scope = self.scope
        return (
            proven("one-table", f"all of them are numbers of {self.model.name} rows alone"),
            self.nothing_written(),
            preconditions.stays_loaded(scope, self.window),
            preconditions.no_unknown_calls(scope, self.window),
            preconditions.not_suspended(scope, self.window),
            self.errors_not_handled(),
            self.sent_together(),
            self.conditions_known(),
            self.flushes_alike(),
            self.no_hooks(),
            *self.special(),
        )

    @property
    def possible(self) -> bool:
        """True if nothing between the tallies makes them numbers of different moments."""
        return all(
            condition.status is not Status.REFUTED
            for condition in (
                self.nothing_written(),
                preconditions.stays_loaded(self.scope, self.window),
                self.conditions_known(),
            )
        )

    def nothing_written(self) -> Precondition:
        name = "nothing-written"
        for effect in effects(self.window, *_WRITES):
            reason = "something is written between the first and the last of them"
            return refuted(self.scope, name, reason, effect)
        for effect in effects(self.window, Act.SET):
            if self.harmless(effect):
                continue
            if isinstance(effect.target, Row) and effect.target.model is self.model:
                reason = f"a row of {self.model.name} is changed between them"
                return refuted(self.scope, name, reason, effect)
            reason = f"{effect.attribute or 'an attribute'} is assigned between them"
            return unknown(self.scope, name, f"{reason}, and a query writes it", effect)
        return proven(name, "nothing is written between the first and the last of them")

    def harmless(self, effect: Effect) -> bool:
        """True for an attribute that no query between the tallies writes to the database."""
        session = self.first.run.session
        return bool(session and session.autoflush is False) or self.first.run.no_autoflush

    def errors_not_handled(self) -> Precondition:
        name = "errors-not-handled"
        for attempt in self.first.run.tries:
            if attempt.handles & names.LOADING_ERRORS:
                reason = "errors of SQLAlchemy are handled around these queries"
                return refuted(self.scope, name, reason, self.first.run)
        return proven(name, "no handler is there for an error of these queries")

    def sent_together(self) -> Precondition:
        """All are sent together, or the first one decides on the others."""
        name, first, last = "sent-together", self.first.run, self.tallies[-1].run
        for tally in self.tallies[1:]:
            if tally.run.branches != first.branches:
                return unknown(self.scope, name, "it is sent only under a condition", tally.run)
        for leave in self.scope.exits:
            outside = leave.loop is None or leave.loop in first.loops
            if first.index < leave.index < last.index and outside:
                reason = f"a `{leave.kind}` may come before the last of them"
                return unknown(self.scope, name, reason, leave)
        return proven(name, "all of them are sent whenever the first one is")

    def conditions_known(self) -> Precondition:
        """What the conditions name has the same value where the first one is sent."""
        name = "conditions-known"
        start = self.first.statement
        for tally in self.tallies:
            for node in (*(term.node for term in tally.terms), *session_nodes(tally.run)):
                if changed := self.moments.changed(node, start, tally.run):
                    reason = f"{changed} is assigned before the query that filters by it"
                    return refuted(self.scope, name, reason, tally.run)
        for tally in self.tallies:
            for term in tally.terms:
                if call := self.moments.doubtful_call(term.node):
                    reason = f"{call}() may give something else where the first one is sent"
                    return unknown(self.scope, name, reason, tally.run)
        return proven(name, "their conditions are known where the first one is sent")

    def flushes_alike(self) -> Precondition:
        """The merged statement flushes pending objects if the first one does; not all do."""
        name, run = "flushes-alike", self.first.run
        quiet = run.no_autoflush or bool(run.session and run.session.autoflush is False)
        if quiet or self.is_orm(self.first):
            return proven(name, "pending objects are written by both or by neither")
        return unknown(
            self.scope, name,
            "on SQLAlchemy 1.4 this query writes no pending objects, and the merged one does",
            run,
        )  # fmt: skip

    def is_orm(self, tally: Tally) -> bool:
        """True if every version that may run the code sees a query of the ORM in it."""
        query, lowest = tally.run.query, self.scope.settings.lowest_sqlalchemy
        argument = tally.aggregate.argument if tally.aggregate else None
        if query.style == "legacy" or argument is not None or query.joins or tally.flag:
            return True
        return lowest >= (2, 1) or (
            lowest >= (2, 0) and bool(tally.terms) and tally.terms[0].names_table
        )

    def no_hooks(self) -> Precondition:
        name, index = "no-hooks", self.scope.index
        listened = set(index.session_events).union(*index.events.values())
        if hook := next((e for e in sorted(listened) if e in _HOOKS), None):
            reason = f"the project listens to {hook}, which may change these queries"
            return unknown(self.scope, name, reason, self.first.run)
        if any(f.query_class and not f.test for f in index.factories.values()):
            reason = "the project's sessions have a query class of their own"
            return unknown(self.scope, name, reason, self.first.run)
        return proven(name, "nothing in the project changes queries as they are sent")

    def special(self) -> Iterator[Precondition]:
        """What only some groups need."""
        for tally in self.tallies:
            if tally.flag:
                reason = "it stops at the first row, and a count goes through all of them"
                yield unknown(self.scope, "early-stop", reason, tally.run)
                break
        databases = self.scope.settings.database
        if not databases or "mssql" in databases:
            for tally in self.tallies:
                if any(term.has_subquery for term in self.own(tally)):
                    reason = "SQL Server takes no subquery inside of an aggregate function"
                    yield unknown(self.scope, "database-takes-it", reason, tally.run)
                    break


def session_nodes(run: Run) -> tuple[ast.expr, ...]:
    return (run.session_node,) if run.session_node is not None else ()


def loop_name(iterable: ast.expr, items: object) -> str:
    """What one calls the iterations of a loop."""
    match iterable, items:
        case ast.Name(id=name), _:
            return name
        case _, Items(element=Row(model=model)):
            return plural(snake(model.name))
    return "iterations"


# Finding them -----------------------------------------------------------------------------


def groups(scope: Scope) -> Iterator[TallyGroup]:
    """Tallies of one function that belong together, as large as they can be."""
    found: list[TallyGroup] = []
    for run in scope.runs:
        tally = tally_of(scope, run)
        if tally is None:
            continue
        for position, group in enumerate(found):
            if belongs(group, tally):
                larger = TallyGroup(scope, (*group.tallies, tally))
                if larger.possible:
                    found[position] = larger
                    break
        else:
            found.append(TallyGroup(scope, (tally,)))
    for group in found:
        numbers = [tally for tally in group.tallies if not tally.flag]
        if len(group.tallies) > 1 and numbers and writable(group):
            yield group


def belongs(group: TallyGroup, other: Tally) -> bool:
    """True if `other` can be answered together with the tallies of the group."""
    left, right = group.first.run, other.run
    depth = len(left.branches)
    return (
        group.model is other.model
        and left.query.style == right.query.style
        and left.loops == right.loops
        and left.tries == right.tries
        and left.no_autoflush == right.no_autoflush
        and left.awaited == right.awaited
        and session_key(left) == session_key(right) is not None
        and right.branches[:depth] == left.branches
        and (len(right.branches) == depth or guarded(group, other))
    )


def guarded(group: TallyGroup, other: Tally) -> bool:
    """True if a number of the group decides whether `other` is asked for."""
    for branch in other.run.branches[len(group.first.run.branches) :]:
        test = list(ast.walk(branch.test)) if branch.test is not None else []
        used = {node.id for node in test if isinstance(node, ast.Name)}
        for tally in group.tallies:
            if tally.expression in test or target_name(tally) in used:
                return True
    return False


def target_name(tally: Tally) -> str | None:
    """The variable that a tally is assigned to, alone or as `tally or 0`."""
    match tally.statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            pass
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            pass
        case _:
            return None
    return name if value in (tally.expression, or_zero(value, tally)) else None


def or_zero(value: ast.AST | None, tally: Tally) -> ast.expr | None:
    """`count or 0`, which is the count."""
    match value:
        case ast.BoolOp(op=ast.Or(), values=[first, ast.Constant(value=0)]) if (
            first is tally.expression and tally.is_count and not tally.flag
        ):
            return value
    return None


def session_key(run: Run) -> str | None:
    """The same for queries of one session; None where a call makes a session each time."""
    if run.session_node is None:
        return run.session.key if run.session else None
    if any(isinstance(node, ast.Call) for node in ast.walk(run.session_node)):
        return None
    return ast.unparse(run.session_node)


def writable(group: TallyGroup) -> bool:
    """True if a statement can be put before the first tally."""
    run = group.first.run
    if any(not loop.is_statement for tally in group.tallies for loop in tally.run.loops):
        return False
    if any(isinstance(branch.node, ast.expr) for branch in run.branches):
        return False
    parent = group.scope.parents.get(run.statement)
    return not (
        isinstance(parent, ast.If)
        and isinstance(run.statement, ast.If)
        and parent.orelse == [run.statement]
        and run.statement.col_offset == parent.col_offset
    )
