"""Whether one UPDATE or DELETE does what a loop over the rows does (semantics 6)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.finding import Precondition, Status
from codemods.orm import rounds
from codemods.orm.bindings import assigned_names
from codemods.orm.entity_names import entity_name
from codemods.orm.preconditions import own_queries, proven, refuted, unknown
from codemods.orm.whole_rows import all_loaded
from codemods.project.model import Relationship

if TYPE_CHECKING:
    from codemods.orm.row_writes import Change, RowWrites

# What a query may have; loader options mean nothing to an UPDATE, unless they leave rows out.
_PLAIN = frozenset({"filter", "filter_by", "where", "options"})
_NOW = re.compile(r"(^|\.)(now|utcnow|today|utc_now|time)$")
_HARMLESS = frozenset({
    "after_begin", "after_transaction_create", "after_transaction_end", "after_rollback",
    "after_soft_rollback",
})  # fmt: skip
_CASCADES = re.compile(r"cascade|single_parent|passive_deletes|secondary")


class WriteChecks:
    """The preconditions of one bulk UPDATE or DELETE."""

    def __init__(self, writes: RowWrites) -> None:
        self.writes = writes
        self.scope = writes.scope
        self.model = writes.model

    def all(self) -> Iterator[Precondition]:
        yield self.sent_at_once()
        yield self.plain_class()
        yield self.no_events()
        yield self.plain_query()
        yield self.rows_not_used()
        yield self.flushed_before()
        yield self.errors_not_handled()
        if self.writes.deletes:
            yield self.no_cascades()
        else:
            yield self.no_onupdate()
            yield self.plain_columns()
            yield self.same_value()

    def sent_at_once(self) -> Precondition:
        """A flush comes later, and writes no row that has the value already."""
        what = "deletes rows at once"
        if not self.writes.deletes:
            what = "is sent at once, and also writes rows that have the value already"
        reason = f"the statement {what}; a trigger of the database may see the difference"
        return unknown(self.scope, "sent-at-once", reason)

    def plain_class(self) -> Precondition:
        name, model = "plain-class", self.model
        if model.versioned:
            return refuted(
                self.scope, name, f"{model.name} counts versions, which only the session does"
            )
        if model.parents or model.children or not model.complete:
            return refuted(self.scope, name, f"{model.name} is part of a hierarchy of classes")
        return proven(name, f"{model.name} is one table without a version counter")

    def no_events(self) -> Precondition:
        name = "no-events"
        if self.model.events:
            return refuted(
                self.scope, name, f"events or validators of {self.model.name} would not run"
            )
        flushing = self.scope.index.session_events - _HARMLESS
        if flushing:
            listed = ", ".join(sorted(flushing)[:2])
            text = (
                f"the project listens to {listed} of its sessions, which may want to see the rows"
            )
            return refuted(self.scope, name, text)
        return proven(name, "nothing listens to what happens to these rows")

    def plain_query(self) -> Precondition:
        """An UPDATE has a WHERE, and no more."""
        name, run = "plain-query", self.writes.run
        query = run.query
        for call in query.calls:
            if call.method not in _PLAIN:
                return refuted(
                    self.scope, name, f"an UPDATE or DELETE cannot have `.{call.method}()`", run
                )
        method = "delete" if self.writes.deletes else "update"
        if query.made_by and self.scope.index.function(f"{query.made_by}.{method}") is not None:
            text = f"{method}() of these queries is the project's own"
            return refuted(self.scope, name, text, run)
        hook = own_queries(self.scope) if query.style == "legacy" else None
        if hook is not None:
            return unknown(self.scope, name, hook, run)
        if not query.understood or query.conditional or query.kind != "select":
            return unknown(self.scope, name, "not all of how this query is built is known", run)
        if getattr(query.entities[0].value, "alias", None):
            return refuted(self.scope, name, "an UPDATE or DELETE cannot have an alias", run)
        unnamed = entity_name(self.scope, query) is None
        if unnamed and not (self.writes.deletes and query.style == "legacy"):
            return refuted(self.scope, name, "the class of the rows has no name here", run)
        if run.streamed:
            return refuted(
                self.scope, name, "the rows are written in batches, not all at once", run
            )
        if not self.scope.contains(self.writes.source, query.node) and query.style == "select":
            return refuted(self.scope, name, "the query is built elsewhere", run)
        loaded = all_loaded(self.scope, query, run)
        if loaded.status is not Status.PROVEN:
            return replace(loaded, name=name)
        return proven(name, "the query has conditions only")

    def rows_not_used(self) -> Precondition:
        name, variable = "rows-not-used", self.writes.variable
        inside = {id(node) for node in walk(self.writes.loop.node)}
        outside = [
            node
            for node in walk(self.scope.node)
            if isinstance(node, ast.Name) and node.id == variable and id(node) not in inside
        ]
        if not outside:
            return proven(name, "nothing else uses the rows")
        text = f"`{variable}` is used outside of the loop, too"
        # without the loop nothing would bind it
        bound = any(isinstance(node.ctx, ast.Store) for node in outside)
        return unknown(self.scope, name, text) if bound else refuted(self.scope, name, text)

    def flushed_before(self) -> Precondition:
        name, session = "flushed-before", self.writes.run.session
        if session is None or session.autoflush is not True or self.writes.run.no_autoflush:
            return unknown(
                self.scope,
                name,
                "changes that are not flushed yet may be written after the statement",
                self.writes.run,
            )
        return proven(name, "the session flushes before the statement")

    def errors_not_handled(self) -> Precondition:
        name = "errors-not-handled"
        if any(attempt.handles for attempt in self.writes.run.tries):
            return unknown(
                self.scope, name, "an error comes here, and not with the flush", self.writes.run
            )
        return proven(name, "no handler is there for an error of the statement")

    def no_cascades(self) -> Precondition:
        """The session does nothing for other rows when it deletes one (c5_08, c5_12)."""
        name = "no-cascades"
        for relationship in self.model.relationships.values():
            if relationship.direction != "many-to-one" or self._cascades(relationship):
                return refuted(
                    self.scope,
                    name,
                    f"the session looks after {self.model.name}.{relationship.name} when it "
                    "deletes a row",
                )
        return proven(name, f"no relationship of {self.model.name} makes a delete go further")

    def _cascades(self, relationship: Relationship) -> bool:
        place = relationship.place
        return bool(_CASCADES.search(self.scope.program.source(place.path).slice(place.span)))

    def no_onupdate(self) -> Precondition:
        """The session writes only rows whose value changes (c5_07)."""
        name = "no-onupdate"
        for column in self.model.columns.values():
            if column.onupdate:
                return refuted(
                    self.scope, name, f"{column.name} would be set for rows that do not change, too"
                )
        return proven(name, "no column is set by each UPDATE")

    def plain_columns(self) -> Precondition:
        name = "plain-columns"
        for change in self.writes.changes:
            column = self.model.columns.get(change.name)
            if column is None or column.expression or column.primary_key:
                return refuted(
                    self.scope, name, f"{self.model.name}.{change.name} is no column to be set"
                )
            if change.operator is not None and not self._counts(change):
                reason = f"`{change.name}` may be NULL, or what is added may be no whole number"
                return refuted(self.scope, name, reason)
        names = [change.name for change in self.writes.changes]
        if len(set(names)) < len(names):
            return refuted(self.scope, name, "a column is set twice")
        return proven(name, "plain columns are set")

    def _counts(self, change: Change) -> bool:
        """True for an addition of whole numbers, which SQL does as Python does."""
        column = self.model.columns[change.name]
        whole = isinstance(change.value, ast.Constant) and type(change.value.value) is int
        plain = column.python == "int" and not column.nullable and not column.decorated
        return plain and whole and isinstance(change.operator, ast.Add | ast.Sub)

    def same_value(self) -> Precondition:
        """All rows get the same value, which is worked out once."""
        name, doubt = "same-value", None
        bound = assigned_names(self.writes.loop.node)
        for change in self.writes.changes:
            for node in walk(change.value):
                match node:
                    case ast.Name(id=variable) if variable in bound:
                        return refuted(
                            self.scope, name, f"the value of {change.name} is the row's own"
                        )
                    case ast.Call():
                        if not _NOW.search(dotted_name(node.func) or ""):
                            called = rounds.called(node) or "a function"
                            reason = f"{called}() is called for each row"
                            return refuted(self.scope, name, reason)
                        doubt = unknown(
                            self.scope, name, "all rows get the same time, not one after the other"
                        )
                    case ast.Await() | ast.Yield() | ast.YieldFrom():
                        return refuted(self.scope, name, "other code gives a value for each row")
        return doubt or proven(name, "all rows get the same value")
