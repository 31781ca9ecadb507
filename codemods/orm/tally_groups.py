"""Tallies that one statement can answer together, and what must hold for that."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Amount, Cost, Precondition, Status
from codemods.orm import names, preconditions, rounds
from codemods.orm.bases import Base, shared_base
from codemods.orm.events import Act, Effect, Event
from codemods.orm.iterators import used_up
from codemods.orm.key_changes import filled, holders
from codemods.orm.moments import Moments, end_of, position
from codemods.orm.naming import plural, snake
from codemods.orm.observable import noticed
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.query import Query
from codemods.orm.refusals import handles_refusals, told_after
from codemods.orm.stateful import stateful
from codemods.orm.tallies import Tally
from codemods.orm.terms import Term
from codemods.orm.values import Row
from codemods.orm.whole_rows import all_loaded
from codemods.project.model import Model
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_WRITES = (Act.ADD, Act.DELETE, Act.APPEND, Act.FLUSH, Act.DML, Act.SQL)
_BOUNDARIES = (Act.COMMIT, Act.ROLLBACK, Act.SAVEPOINT, Act.CLOSE)


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
        return self.first.query

    @property
    def place(self) -> Place:
        return self.scope.place(self.first.expression)

    @property
    def rows_name(self) -> str:
        return plural(snake(self.model.name))

    @property
    def cost(self) -> Cost:
        number, times = str(len(self.tallies)), rounds.times(self.first.run.loops)
        before = f"{number}·{times}" if times else number
        return Cost(Amount(before, before), Amount(times or "1", times or "1"))

    @cached_property
    def common(self) -> tuple[Term, ...]:
        """The conditions that every tally has."""
        shared = set.intersection(*({term.text for term in t.terms} for t in self.tallies))
        return tuple({term.text: term for term in self.first.terms if term.text in shared}.values())

    def own(self, tally: Tally) -> tuple[Term, ...]:
        """The conditions that not all of the others have."""
        shared = {term.text for term in self.common}
        return tuple({term.text: term for term in tally.terms if term.text not in shared}.values())

    @cached_property
    def base(self) -> Base | None:
        return shared_base(self.moments, self.tallies)

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
            self.one_transaction(),
            preconditions.no_unknown_calls(scope, self.window),
            preconditions.not_suspended(scope, self.window),
            self.errors_not_handled(),
            preconditions.sent_together(scope, [tally.run for tally in self.tallies]),
            self.conditions_known(),
            self.flushes_alike(),
            self.no_hooks(),
            *self.special(),
        )

    @property
    def possible(self) -> bool:
        """True if nothing between the tallies makes them numbers of different moments."""
        if self.base is None and any(tally.query.conditional for tally in self.tallies):
            return False
        for term in (term for tally in self.tallies for term in tally.terms if not term.known):
            if self.base is None or not self.base.has(term):
                return False
        if not all(node in self.scope.parents for node in self.repeated()):
            return False
        return all(
            condition.status is not Status.REFUTED
            for condition in (
                self.nothing_written(),
                self.one_transaction(),
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

    def one_transaction(self) -> Precondition:
        name = "one-transaction"
        for effect in effects(self.window, *_BOUNDARIES):
            reason = "a transaction begins or ends between the first and the last of them"
            return refuted(self.scope, name, reason, effect)
        return proven(name, "all of them are sent in one transaction")

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
        raising = any(self.moments.raising(node) for t in self.tallies for node in self.moved(t))
        for attempt in self.first.run.tries:
            handled = handles_refusals(attempt) or (raising and bool(attempt.handles))
            if handled and told_after(self.scope, attempt, self.statements):
                reason = (
                    "where a later number fails none is known, and the code that goes on sees that"
                )
                return unknown(self.scope, name, reason, self.first.run)
        return proven(name, "no handler is there for an error of these queries")

    @cached_property
    def statements(self) -> Sequence[ast.stmt]:
        """The statements of the numbers, and those between them."""
        start, end = position(self.first.statement), end_of(self.tallies[-1].statement)
        return [
            node
            for node in walk(self.scope.node)
            if isinstance(node, ast.stmt) and start <= position(node) and end_of(node) <= end
        ]

    def raising(self) -> ast.expr | None:
        """What of the later conditions may raise, after something that can be told from outside."""
        if not any(noticed(each, self.scope.node) for each in self.statements[:-1]):
            return None
        found = (self.moments.raising(node) for t in self.tallies[1:] for node in self.moved(t))
        return next(filter(None, found), None)

    def conditions_known(self) -> Precondition:
        """What the conditions name has the same value where the first one is sent."""
        name = "conditions-known"
        start = self.first.statement
        for tally in self.tallies:
            for node in self.moved(tally):
                if changed := self.moments.changed(node, start, tally.run):
                    reason = f"{changed} is assigned before the query that filters by it"
                    return refuted(self.scope, name, reason, tally.run)
                if held := self.filled(node):
                    reason = f"what {held} holds is changed before the query that filters by it"
                    return refuted(self.scope, name, reason, tally.run)
        for tally in self.tallies:
            for node in self.moved(tally):
                if call := self.moments.doubtful_call(node):
                    reason = f"{call}() may give something else where the first one is sent"
                    return unknown(self.scope, name, reason, tally.run)
                if changed := self.moments.may_change(node, start, tally.run):
                    reason = f"a function may have changed {changed} before the query that reads it"
                    return unknown(self.scope, name, reason, tally.run)
            inside = [part for node in self.moved(tally) for part in walk(node)]
            if (again := stateful(self.scope, inside)) is not None:
                reason = f"{ast.unparse(again)} may give something else where the first one is sent"
                return unknown(self.scope, name, reason, tally.run)
            if (doubt := used_up(self.scope, inside, tally.run, name)) is not None:
                return doubt
        if (failing := self.raising()) is not None:
            reason = f"{ast.unparse(failing)} may raise, and would before the first one is sent"
            return unknown(self.scope, name, reason, self.first.run)
        return proven(name, "their conditions are known where the first one is sent")

    def filled(self, node: ast.expr) -> str | None:
        """A variable of a condition whose container is changed under another name, or as a part of
        another, after the first statement has begun."""
        names = [n for n in walk(node) if isinstance(n, ast.Name)]
        span = position(self.first.statement), position(node)
        if (found := filled(self.scope, self.scope.node, names, span)) is not None:
            return found.id
        for each in names:
            others = holders(self.scope, each.id) - {each.id}
            for other in others if self.moments.is_changeable(each.id) else ():
                if self.moments.changed_by_calls(ast.Name(other), *span):
                    return each.id
        return None

    def moved(self, tally: Tally) -> Iterator[ast.expr]:
        """What of a tally is evaluated at another place than before."""
        if tally.run.session_node is not None and self.base is None:
            yield tally.run.session_node
        for term in tally.terms:
            if self.base is None or not self.base.has(term):
                yield term.node

    def repeated(self) -> Iterator[ast.AST]:
        """What the merged statement takes over, whose names mean the same only in this function."""
        for tally in self.tallies:
            yield from self.moved(tally)
            if tally.aggregate is not None:
                yield tally.aggregate.node
        if self.base is None:
            yield self.query.roots[0]

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
        query, lowest = tally.query, self.scope.settings.lowest_sqlalchemy
        argument = tally.aggregate.argument if tally.aggregate else None
        if query.style == "legacy" or argument is not None or query.joins or tally.flag:
            return True
        return lowest >= (2, 1) or (
            lowest >= (2, 0) and bool(tally.terms) and tally.terms[0].names_table
        )

    def no_hooks(self) -> Precondition:
        name = "no-hooks"
        if (reason := preconditions.query_hook(self.scope)) is not None:
            return unknown(self.scope, name, reason, self.first.run)
        return proven(name, "nothing in the project changes queries as they are sent")

    def special(self) -> Iterator[Precondition]:
        """What only some groups need."""
        for tally in self.tallies:
            if tally.flag:
                reason = "it stops at the first row, and a count goes through all of them"
                yield unknown(self.scope, "early-stop", reason, tally.run)
                yield all_loaded(self.scope, tally.query, tally.run)
                break
        databases = self.scope.settings.database
        if not databases or "mssql" in databases:
            for tally in self.tallies:
                if any(term.has_subquery for term in self.own(tally)):
                    reason = "SQL Server takes no subquery inside of an aggregate function"
                    yield unknown(self.scope, "database-takes-it", reason, tally.run)
                    break
