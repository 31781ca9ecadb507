"""What must hold for a lookup to be answered from what was fetched before the loop."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.finding import Precondition
from codemods.orm import names, preconditions
from codemods.orm.events import Act, Effect, Event, Exit, Run
from codemods.orm.keys import KeyPart, is_textual, keys_equal
from codemods.orm.lookups import Lookup
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.query import Aggregate
from codemods.orm.upserts import Upkeep, upkeep
from codemods.orm.values import Items, Row, Session

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_WRITES = (Act.ADD, Act.DELETE, Act.SET, Act.APPEND, Act.DML, Act.SQL)
_FORGETS = {Act.ROLLBACK, Act.SAVEPOINT, Act.EXPUNGE, Act.CLOSE, Act.EXPIRE, Act.REFRESH}


class Checks:
    """Works out the preconditions of one lookup."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self.scope: Scope = lookup.scope
        self.run: Run = lookup.run

    @cached_property
    def window(self) -> Sequence[Event]:
        """What happens in the loop before which the rows would be fetched."""
        loop = self.lookup.loop
        return self.scope.events[loop.first : loop.last + 1]

    @cached_property
    def writes(self) -> list[Effect]:
        return effects(self.window, *_WRITES)

    @cached_property
    def upkeep(self) -> Upkeep:
        return upkeep(self.lookup, self.writes)

    def all(self) -> tuple[Precondition, ...]:
        lookup, scope = self.lookup, self.scope
        if lookup.problem is not None:
            return (self.keys_known(),)
        found = [
            self.keys_known(),
            *(self.equal(part) for part in lookup.parts),
            self.nulls(),
            self.items_repeatable(),
            self.always_asked(),
            self.one_row(),
            self.row_order(),
            self.stays_loaded(),
            self.table_not_written(),
            self.flushes_alike(),
            preconditions.no_unknown_calls(scope, self.window),
            preconditions.not_suspended(scope, self.window),
            self.errors_not_handled(),
            self.not_in_session(),
        ]
        if len(lookup.parts) > 1:
            found.append(self.row_values())
        return tuple(found)

    def keys_known(self) -> Precondition:
        name = "keys-known-before"
        lookup = self.lookup
        if lookup.problem is not None:
            reason, node = lookup.problem
            place = self.scope.place(node) if isinstance(node, ast.expr | ast.stmt) else None
            problem = refuted(self.scope, name, reason)
            return Precondition(problem.name, problem.status, reason, place)
        assert lookup.collection is not None
        for effect in effects(self.window, Act.SET):
            attributes = {
                n.attr for p in lookup.parts for n in ast.walk(p.operand) if isinstance(n, ast.Attribute)
            }
            if effect.attribute in attributes:
                return refuted(
                    self.scope, name, f"the loop assigns {effect.attribute}, which is a key", effect
                )
        if lookup.collection.raising and (self.writes or effects(self.window, Act.CALL)):
            return unknown(
                self.scope, name, "a key that cannot be evaluated would raise before the loop has begun",
                self.run,
            )  # fmt: skip
        return proven(name, "all keys can be collected before the loop")

    def equal(self, part: KeyPart) -> Precondition:
        assert self.lookup.collection is not None
        levels = tuple(level.loop for level in self.lookup.collection.levels)
        return keys_equal(self.scope, part, self.run, self._textual(part, levels))

    def _textual(self, part: KeyPart, loops: tuple[object, ...]) -> bool:
        nodes: list[ast.AST] = [part.operand]
        names_ = {n.id for n in ast.walk(part.operand) if isinstance(n, ast.Name)}
        for loop in self.run.loops:
            for item in ast.walk(loop.owner):
                if isinstance(item, ast.Assign) and any(
                    isinstance(t, ast.Name) and t.id in names_ for t in item.targets
                ):
                    nodes.append(item.value)
        return any(is_textual(node, self.run.loops) for node in nodes)

    def nulls(self) -> Precondition:
        """Keys that are None find the rows that they found (semantics 3.2)."""
        name = "null-keys"
        lookup = self.lookup
        if not lookup.finds_null:
            return proven(name, "a key of None finds no row, before and after")
        if len(lookup.parts) > 1:
            return refuted(
                self.scope, name, "a part of the key may be None, which equals no row value", self.run
            )
        return proven(name, "rows with NULL are fetched for a key of None")

    def items_repeatable(self) -> Precondition:
        name = "items-repeatable"
        loop = self.lookup.loop
        items = loop.items
        if isinstance(items, Items) and (items.repeatable or items.run is not None):
            if items.run is not None and items.run.streamed:
                return refuted(self.scope, name, "the rows of this loop are streamed", items.run)
            if items.run is not None and items.run.query.has("yield_per"):
                return refuted(self.scope, name, "the rows of this loop come in batches", items.run)
            return proven(name, "the loop's items can be gone over twice")
        leaves = [
            e
            for e in self.window
            if isinstance(e, Exit) and e.kind in ("break", "return") and loop in e.loops
        ]
        if leaves:
            return unknown(
                self.scope, name, "the loop may be left before an iterator comes to its end", leaves[0]
            )
        if self.writes:
            return unknown(
                self.scope, name, "an iterator could see what the loop writes", self.writes[0]
            )
        return proven(name, "the items are put into a list first")

    def always_asked(self) -> Precondition:
        name = "asked-every-time"
        collection = self.lookup.collection
        assert collection is not None
        if collection.partial:
            return unknown(
                self.scope, name, f"the lookup stands {collection.partial}; its rows may not be needed",
                self.run,
            )  # fmt: skip
        return proven(name, "every key that is fetched is asked for")

    def one_row(self) -> Precondition:
        """Which row a key finds is determined (semantics 3.3)."""
        name = "row-determined"
        lookup = self.lookup
        if lookup.tested or lookup.kind in ("rows", "count", "aggregate", "exists"):
            return proven(name, "no single row is picked among several")
        if lookup.amount in ("one", "one_or_none") and not lookup.is_get:
            return proven(name, "more than one row for a key still raises")
        if lookup.is_unique and not lookup.finds_null:
            return proven(name, "at most one row has a key")
        if self._extreme():
            return proven(name, "only the column that it is ordered by is read")
        if self.total_order:
            return proven(name, "the ORDER BY leaves no two rows of a key equal")
        return unknown(
            self.scope, name, "several rows may have a key, and nothing says which one is the first",
            self.run,
        )  # fmt: skip

    def _extreme(self) -> bool:
        from codemods.orm.fetches import extreme

        return extreme(self.lookup) is not None

    @property
    def total_order(self) -> bool:
        lookup = self.lookup
        ordered = {
            o.column.name for o in lookup.query.orderings if o.column and o.model is lookup.model
        }
        fixed = {part.column.name for part in lookup.parts}
        return bool(ordered) and lookup.model.is_unique(frozenset(ordered | fixed))

    def row_order(self) -> Precondition:
        name = "row-order"
        lookup = self.lookup
        if lookup.kind != "rows" or self.total_order:
            return proven(name, "the rows of a key keep their order")
        if lookup.order_free:
            return proven(name, "the order of a key's rows makes no difference")
        return unknown(
            self.scope, name, "no total ORDER BY says in what order the rows of a key come", self.run
        )

    def stays_loaded(self) -> Precondition:
        name = "rows-stay-loaded"
        if self.lookup.kind in ("row", "rows") and not self.lookup.tested:
            return preconditions.stays_loaded(self.scope, self.window)
        for effect in effects(self.window):
            if effect.act in _FORGETS:
                return preconditions.stays_loaded(self.scope, self.window)
        return proven(name, "plain values stay what they are")

    def table_not_written(self) -> Precondition:
        found = self.upkeep
        if found.refuted is not None:
            reason, event = found.refuted
            return refuted(self.scope, "table-not-written", reason, event)
        if found.doubt is not None:
            reason, event = found.doubt
            return unknown(self.scope, "table-not-written", reason, event)
        if found.statements:
            return proven("table-not-written", "what is fetched is kept up with what the loop writes")
        return proven("table-not-written", f"the loop does not write {self.lookup.model.name}")

    def flushes_alike(self) -> Precondition:
        """No flush that the lookups make is needed (semantics 1.1)."""
        name = "flushes-alike"
        scope, run, lookup = self.scope, self.run, self.lookup
        lowest = scope.settings.lowest_sqlalchemy
        everything = effects(scope.events[: lookup.loop.last + 1], Act.ADD, Act.DELETE, Act.SET, Act.APPEND)
        if not self.autoflushes(lowest):
            if everything:
                return refuted(scope, name, "this form of query does not flush on every SQLAlchemy", run)
            return unknown(scope, name, "this form of query does not flush on every SQLAlchemy", run)
        if run.no_autoflush or not self.writes:
            return proven(name, "nothing waits for the flush of a lookup")
        session = run.session if isinstance(run.session, Session) else None
        if session is None or session.autoflush is None:
            return unknown(
                scope, name, "whether the session flushes before a query is not known", self.writes[0]
            )
        if session.autoflush and (used := self._generated()):
            return unknown(scope, name, "a generated value is read that the next lookup's flush makes", used)
        return proven(name, "what the loop writes is flushed with the same outcome")

    def autoflushes(self, lowest: tuple[int, int]) -> bool:
        query = self.run.query
        if query.style == "legacy" or lowest >= (2, 1) or self.lookup.is_get:
            return True
        if self.lookup.query is not query:
            return bool(self.lookup.query.entities) and self.lookup.query.entities[0].model is not None
        match query.entities:
            case [entity] if isinstance(entity.value, Aggregate) and entity.value.argument is None:
                return lowest >= (2, 0) or query.has("select_from") is not None
        return True

    def _generated(self) -> Event | None:
        """A new object whose key is read in the loop."""
        for effect in effects(self.window, Act.ADD):
            target = effect.target
            if not isinstance(target, Row) or not target.new:
                continue
            keys = set(target.model.primary_key)
            added = {n.id for n in ast.walk(effect.node) if isinstance(n, ast.Name)}
            flushed = any(e.index > effect.index for e in effects(self.window, Act.FLUSH))
            for node in ast.walk(self.lookup.loop.owner):
                if (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.ctx, ast.Load)
                    and node.attr in keys
                    and isinstance(node.value, ast.Name)
                    and node.value.id in added
                    and not flushed
                ):
                    return effect
        return None

    def errors_not_handled(self) -> Precondition:
        name = "errors-not-handled"
        outer = set()
        for event in self.window[:1]:
            outer = set(event.tries)
        loop = self.lookup.loop
        nodes = set(ast.walk(loop.owner))
        for attempt in self.run.tries:
            if attempt.node not in nodes:
                continue
            caught = {h for h in attempt.handles if h.startswith("sqlalchemy.")} | (
                attempt.handles & names.BROAD_ERRORS
            )
            if not caught:
                continue
            if self.writes:
                return refuted(
                    self.scope, name, "an error of the flush that a lookup makes is handled here", self.run
                )
            expected = {"NoResultFound", "MultipleResultsFound"}
            if {h.rpartition(".")[2] for h in caught} <= expected:
                continue
            return unknown(self.scope, name, "an error of one lookup is handled here", self.run)
        del outer
        return proven(name, "no handler is there for an error of this lookup")

    def not_in_session(self) -> Precondition:
        """`get()` is not answered by the identity map (traps c2_31, c2_46)."""
        name = "not-loaded-already"
        lookup = self.lookup
        if not lookup.is_get:
            return proven(name, "the query is sent whatever the session holds")
        for run in self._earlier():
            return refuted(
                self.scope, name, "an earlier query has loaded these rows, and get() finds them", run
            )
        return unknown(
            self.scope, name, "get() sends nothing for rows that the session holds already", self.run
        )

    def _earlier(self) -> Iterator[Run]:
        for run in self.scope.runs:
            if run.index < self.run.index and any(
                e.model is self.lookup.model for e in run.query.entities
            ):
                yield run

    def row_values(self) -> Precondition:
        name = "row-values"
        databases = set(self.scope.settings.database)
        if not databases:
            return unknown(
                self.scope, name, "not every database compares several columns at once", self.run
            )
        if "mssql" in databases:
            return refuted(self.scope, name, "SQL Server has no IN for several columns", self.run)
        return proven(name, "the database compares several columns at once")
