"""What a lookup and the loop around it do to the session, and whether a fetch does the same."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cached_property

from codemods.facts.nodes import walk
from codemods.finding import Precondition, Status
from codemods.orm import names, preconditions, sessions
from codemods.orm.bystanders import may_tell
from codemods.orm.core_lookups import flushed_apart
from codemods.orm.events import Act, Effect, Event, Read, Run
from codemods.orm.flush_effects import reads_of_updates, told_by_flushes
from codemods.orm.held_rows import written_later
from codemods.orm.later_loads import refreshed
from codemods.orm.lookup_shapes import NUMBERS
from codemods.orm.lookups import Lookup
from codemods.orm.new_rows import flushed_by, generated, leaves
from codemods.orm.not_found import says
from codemods.orm.observable import told_midway
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.query import Aggregate
from codemods.orm.refusals import doubtful, refused_later, told_outside
from codemods.orm.synchronized import synchronized
from codemods.orm.upserts import WRITES
from codemods.orm.values import ColumnRef, ModelClass, Plain, Row, Session
from codemods.orm.whole_rows import loaded_models

_ONE_AT_MOST = frozenset({"one_or_none", "scalar_one_or_none", "scalar"})
_FORGETS = {Act.ROLLBACK, Act.SAVEPOINT, Act.EXPUNGE, Act.CLOSE, Act.EXPIRE, Act.REFRESH}


class SessionChecks:
    """The preconditions of one lookup that concern its session."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self.scope = lookup.scope
        self.run: Run = lookup.run

    @property
    def unseen(self) -> Sequence[Effect]:
        """Rows that functions add which the loop calls, and of which nobody else knows."""
        return ()

    @cached_property
    def window(self) -> Sequence[Event]:
        """What happens in the loop before which the rows would be fetched."""
        loop = self.lookup.loop
        return self.scope.events[loop.first : loop.last + 1]

    @cached_property
    def writes(self) -> list[Effect]:
        return effects(self.window, *WRITES)

    def stays_loaded(self) -> Precondition:
        name = "rows-stay-loaded"
        if (begun := self._begun()) is not None:
            return refuted(
                self.scope, name,
                "this begins a transaction, which a query before the loop would have begun", begun,
            )  # fmt: skip
        if (written := written_later(self.lookup)) is not None:
            return unknown(
                self.scope, name,
                "this writes rows that are held since the loop, and found again as they were", written,
            )  # fmt: skip
        if (kept := self._kept_collection()) is not None:
            return unknown(
                self.scope, name,
                "the row of an earlier item keeps what it loads here, without what is written since", kept,
            )  # fmt: skip
        if self.lookup.kind in ("row", "rows") and not self.lookup.tested:
            found = preconditions.stays_loaded(self.scope, self.window)
            if found.status is not Status.REFUTED:
                return found
            # a rollback takes new objects out of the session, and not out of a dict
            loop, acts = self.lookup.loop, (Act.COMMIT, Act.EXPIRE)
            at_first = preconditions.stays_loaded_at_first(self.scope, loop, self.window, *acts)
            if any(self._for_each_found(effect) for effect in effects(self.window, *acts)):
                return found
            return at_first or found
        for effect in effects(self.window):
            if effect.act in _FORGETS:
                return preconditions.stays_loaded(self.scope, self.window)
        models = loaded_models(self.scope, self.run.query) if self.run.terminal != "count" else ()
        computed = self.lookup.kind in NUMBERS or self.lookup.tested
        if computed and (lost := refreshed(self.scope, self.run, models)) is not None:
            return unknown(self.scope, name, *lost)
        return proven(name, "plain values stay what they are")

    def _begun(self) -> Effect | None:
        """The `session.begin()` of the loop, which raises where a query has begun a transaction."""
        own = self.run.session
        for effect in effects(self.window, Act.BEGIN):
            other = effect.target
            if own is None or not isinstance(other, Session):
                return effect
            if sessions.are_one(self.scope.index, own, other):
                return effect
        return None

    def _for_each_found(self, effect: Effect) -> bool:
        """True for what is done whenever the lookup finds a row."""
        around = set(self.lookup.loop.branches)
        return all(
            branch.test is not None and says(self.lookup, branch.test, branch.arm == 0)
            for branch in effect.branches
            if branch not in around
        )

    def _kept_collection(self) -> Event | None:
        """A relationship of the rows that loads again today where a key comes again.

        The session forgets a row when nothing holds it; what is fetched holds it to the end.
        """
        written = [effect.model for effect in self.writes]
        for event in self.window:
            if not isinstance(event, Read) or not any(
                origin.run is self.run for origin in event.row.origins
            ):
                continue
            target = event.step.relationship.target
            for model in written:
                if model is None or target in {model.full_name, *model.parents, *model.children}:
                    return event
        return None

    def flushes_alike(self) -> Precondition:
        """No flush that the lookups make is needed (semantics 1.1)."""
        name = "flushes-alike"
        scope, run, lookup = self.scope, self.run, self.lookup
        lowest = scope.settings.lowest_sqlalchemy
        everything = effects(
            scope.events[: lookup.loop.last + 1], Act.ADD, Act.DELETE, Act.SET, Act.APPEND
        )
        if (apart := flushed_apart(scope, run, lookup.loop, self.window)) is not None:
            return unknown(scope, name, *apart)
        if not self.autoflushes(lowest):
            if everything:
                return refuted(
                    scope, name, "this form of query does not flush on every SQLAlchemy", run
                )
            return unknown(
                scope, name, "this form of query does not flush on every SQLAlchemy", run
            )
        if run.no_autoflush and self._no_autoflush_inside():
            return refuted(
                scope, name, "the lookup does not flush, and a query before the loop would", run
            )
        if (changed := self._unflushed_key()) is not None:
            return unknown(
                scope, name, "a row may have a key that is not in the database yet", changed
            )
        if (flush := preconditions.flushed_between(run, self.window)) is not None:
            return unknown(
                scope, name,
                "this flushes what waits in the session, where only a later lookup finds it", flush,
            )  # fmt: skip
        if run.no_autoflush or not self.writes:
            return proven(name, "nothing waits for the flush of a lookup")
        session = run.session if isinstance(run.session, Session) else None
        if session is None or session.autoflush is None:
            return unknown(
                scope,
                name,
                "whether the session flushes before a query is not known",
                self.writes[0],
            )
        if session.autoflush and (other := self._told_by_lookups()) is not None:
            return unknown(
                scope, name,
                "this query does not flush, and sees what the flush of a lookup has written", other,
            )  # fmt: skip
        if session.autoflush and self._raises and (refused := self._refusable()):
            return unknown(
                scope, name,
                "the flush of a lookup may refuse this before another error of the loop comes",
                refused,
            )  # fmt: skip
        told = session.autoflush and told_midway(scope, lookup.loop)
        if told and (refused := doubtful(self.writes)):
            return unknown(
                scope, name,
                "the flush of a lookup may refuse this before the loop prints, logs or writes more",
                refused,
            )  # fmt: skip
        if session.autoflush and (used := generated(lookup, self.window)):
            return refuted(
                scope, name, "a generated value is read that the next lookup's flush makes", used
            )
        if session.autoflush and (late := told_by_flushes(scope, self.writes)) is not None:
            return unknown(scope, name, *late)
        if session.autoflush and (changed := reads_of_updates(lookup, self.writes)) is not None:
            return unknown(
                scope, name,
                "a value is read that the flush of a lookup makes, as it updates this row", changed,
            )  # fmt: skip
        if (
            session.autoflush
            and (called := may_tell(scope, lookup.loop, run, self.unseen)) is not None
        ):
            return unknown(
                scope, name,
                f"{called.code.name}() may need what the flush of a lookup makes", self.writes[0],
            )  # fmt: skip
        if session.autoflush and (kept := self._leaving()) is not None:
            text = f"new rows leave the function in {ast.unparse(kept)} without the keys of a flush"
            return Precondition(name, Status.UNKNOWN, text, scope.place(kept))
        if session.autoflush and (refused := refused_later(lookup, self.window)) is not None:
            return unknown(
                scope, name,
                "what the database refuses of this is refused after the function, without a lookup",
                refused,
            )  # fmt: skip
        return proven(name, "what the loop writes is flushed with the same outcome")

    def _told_by_lookups(self) -> Run | None:
        """Another query of the loop that flushes nothing, of a table that the loop writes."""
        written = {effect.model.full_name if effect.model else None for effect in self.writes}
        for event in self.window:
            if isinstance(event, Run) and event.no_autoflush and event.node is not self.run.node:
                tables = event.query.tables
                if tables is None or None in written or tables & written:
                    return event
        return None

    def autoflushes(self, lowest: tuple[int, int]) -> bool:
        query = self.run.query
        if query.style == "legacy" or lowest >= (2, 1) or self.lookup.is_get:
            return True
        if self.lookup.query is not query:
            selected = [entity.value for entity in self.lookup.query.entities]
            return bool(selected) and isinstance(selected[0], ModelClass | ColumnRef)
        selected = [entity.value for entity in query.entities]
        if selected and all(isinstance(v, Aggregate) and v.argument is None for v in selected):
            return lowest >= (2, 0) or query.has("select_from") is not None
        return True

    @property
    def _by_attribute(self) -> bool:
        """True if what is fetched is filed under what the session's objects have for a key."""
        return self.lookup.kind in ("row", "rows") and self.lookup.tested is None

    def _unflushed_key(self) -> Effect | None:
        """An assignment to a key before the loop that the fetch does not flush."""
        session = self.run.session
        if session is not None and session.autoflush and not self.run.no_autoflush:
            return None
        columns = {part.column.name for part in self.lookup.parts}
        for effect in effects(self.scope.events[: self.lookup.loop.first], Act.SET):
            if effect.attribute in columns | {None} and self._may_be_ours(effect):
                return effect if self._by_attribute else None
        return None

    def stale(self) -> Effect | None:
        """A statement before the loop that writes the table, but not the rows in the session."""
        before = self.scope.events[self._committed() : self.lookup.loop.first]
        for effect in effects(before, Act.DML, Act.SQL, Act.CALL):
            loaded = effect.receives and any(
                isinstance(event, Run) and event.index < effect.index
                and any(entity.model is self.lookup.model for entity in event.query.entities)
                for event in before
            )  # fmt: skip
            if loaded and self._may_be_ours(effect) and not synchronized(effect):
                return effect if self._by_attribute else None
        return None

    def _committed(self) -> int:
        """The event after the last commit before the loop, which makes the session forget what it
        has loaded; the first event without one."""
        session, loop = self.run.session, self.lookup.loop
        if session is None or session.expire_on_commit is not True:
            return 0
        return max(
            (
                commit.index + 1
                for commit in effects(self.scope.events[: loop.first], Act.COMMIT)
                if isinstance(commit.target, Session)
                if sessions.are_one(self.scope.index, commit.target, session)
                if not commit.loops and not commit.tries and {*commit.branches} <= {*loop.branches}
            ),
            default=0,
        )

    def _may_be_ours(self, effect: Effect) -> bool:
        model = self.lookup.model
        names_ = {model.full_name, *model.parents, *model.children}
        return effect.model is None or effect.model.full_name in names_

    def _no_autoflush_inside(self) -> bool:
        """True if the `with session.no_autoflush` stands in the loop."""
        for node in walk(self.lookup.loop.owner):
            if isinstance(node, ast.With) and any(
                isinstance(i.context_expr, ast.Attribute) and i.context_expr.attr == "no_autoflush"
                for i in node.items
            ):
                return True
        return False

    @property
    def _raises(self) -> bool:
        """True if the loop, or a lookup that finds nothing, raises errors of its own."""
        loop = self.lookup.loop
        if self.run.terminal in _ONE_AT_MOST and not self.lookup.is_unique:
            return True
        return any(exit_.kind == "raise" and loop in exit_.loops for exit_ in self.scope.exits) or (
            any(run.raises and loop in run.loops for run in self.scope.runs)
        )

    def _refusable(self) -> Effect | None:
        """An assignment or a deletion that a constraint of the database may not take."""
        for effect in effects(self.window, Act.DELETE):
            return effect
        for effect in effects(self.window, Act.SET):
            model, attribute = effect.model, effect.attribute or ""
            if model is None:
                continue
            none = isinstance(effect.value, Plain) and effect.value.constant is None
            relationship = model.relationships.get(attribute)
            keys = relationship.keys if relationship is not None else (attribute,)
            unique = {name for key in model.unique for name in key} | set(model.primary_key)
            for column in (model.columns[key] for key in keys if key in model.columns):
                if column.name in unique or (none and not column.nullable):
                    return effect
        return None

    def _leaving(self) -> ast.expr | None:
        """What the new rows leave the function in before they are flushed."""
        for effect in effects(self.window, Act.ADD):
            target = effect.target
            if isinstance(target, Row) and target.new and isinstance(effect.node, ast.Call):
                if flushed_by(effect, self.window) is not None:
                    continue
                added = {item.id for item in effect.node.args if isinstance(item, ast.Name)}
                if (kept := leaves(self.lookup, added)) is not None:
                    return kept
        return None

    def errors_not_handled(self) -> Precondition:
        name = "errors-not-handled"
        loop = self.lookup.loop
        nodes = set(walk(loop.owner))
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
                    self.scope,
                    name,
                    "an error of the flush that a lookup makes is handled here",
                    self.run,
                )
            expected = {"NoResultFound", "MultipleResultsFound"}
            if {h.rpartition(".")[2] for h in caught} <= expected:
                continue
            return unknown(self.scope, name, "an error of one lookup is handled here", self.run)
        if told_outside(self.lookup, self.writes):
            text = "an error would come at another item, and the code that goes on sees that"
            return unknown(self.scope, name, text, self.run)
        return proven(name, "no handler is there for an error of this lookup")

    def not_in_session(self) -> Precondition:
        """`get()` is not answered by the identity map (traps c2_31, c2_46)."""
        name = "not-loaded-already"
        lookup = self.lookup
        if not lookup.is_get:
            return proven(name, "the query is sent whatever the session holds")
        for run in self._earlier():
            return refuted(
                self.scope,
                name,
                "an earlier query has loaded these rows, and get() finds them",
                run,
            )
        return unknown(
            self.scope,
            name,
            "get() sends nothing for rows that the session holds already",
            self.run,
        )

    def _earlier(self) -> Iterator[Run]:
        for run in self.scope.runs:
            if run.index < self.run.index and any(
                e.model is self.lookup.model for e in run.query.entities
            ):
                yield run
