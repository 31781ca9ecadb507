"""What must hold for a lookup to be answered from what was fetched before the loop."""

from __future__ import annotations

import ast
from functools import cached_property

from codemods.facts.nodes import walk
from codemods.finding import Precondition, Status
from codemods.orm import key_changes, key_writes, listened, preconditions
from codemods.orm.begun import done_to_begin, read_to_begin
from codemods.orm.column_options import left_out
from codemods.orm.distinct_keys import keys_differ
from codemods.orm.events import Act, Event, Exit
from codemods.orm.forwarded import Forwarded
from codemods.orm.handed_queries import HandedOn, handed_on
from codemods.orm.headers import is_constant, is_repeated_call
from codemods.orm.inner_iterators import in_batches, used_before
from codemods.orm.iterators import given_by_caller, may_fail, taken_inside, used_up
from codemods.orm.key_loops import mutated_names
from codemods.orm.keys import KeyPart, is_textual, keys_equal
from codemods.orm.lookup_session import SessionChecks
from codemods.orm.lookup_shapes import LISTS, NUMBERS
from codemods.orm.moments import Moments
from codemods.orm.observable import observable, seen_midway
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.row_reads import row_reads
from codemods.orm.shared_values import not_shared
from codemods.orm.stateful import VOLATILE, items_made, stateful
from codemods.orm.steady import Changes
from codemods.orm.upserts import Upkeep, upkeep
from codemods.orm.values import Items, Step


class Checks(SessionChecks):
    """Works out the preconditions of one lookup."""

    @cached_property
    def upkeep(self) -> Upkeep:
        seen = not keys_differ(self.lookup, self.lookup.parts)
        return upkeep(self.lookup, self.writes, seen=seen)

    def all(self) -> tuple[Precondition, ...]:
        lookup, scope = self.lookup, self.scope
        if lookup.problem is not None:
            return (self.keys_known(),)
        found = [
            self.keys_known(),
            *(self.equal(part) for part in lookup.parts),
            self.nulls(),
            self.query_invariant(),
            self.items_repeatable(),
            self.always_asked(),
            self.one_row(),
            self.row_order(),
            self.same_rows(),
            self.values_not_shared(),
            self.stays_loaded(),
            self.table_not_written(),
            self.flushes_alike(),
            preconditions.no_unknown_calls(scope, self.window),
            preconditions.not_suspended(scope, self.window),
            self.errors_not_handled(),
            self.not_in_session(),
        ]
        if len(lookup.parts) > 1 and not lookup.preloaded:
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
        if (cause := lookup.collection.preload) is not None:
            found = f"{cause.reason}, so that every {lookup.model.name} is fetched that it may find"
            shown = cause.node if isinstance(cause.node, ast.expr | ast.stmt) else self.run.node
            return Precondition(name, Status.UNKNOWN, found, self.scope.place(shown))
        for effect in effects(self.window, Act.SET):
            attributes = {name for part in lookup.parts for name in part.read}
            if effect.attribute in attributes:
                return refuted(
                    self.scope, name, f"the loop assigns {effect.attribute}, which is a key", effect
                )
        if (written := key_writes.written(lookup, self.window)) is not None:
            return unknown(self.scope, name, *written)
        if (
            assigned := key_changes.guards_assigned(lookup, effects(self.window, Act.SET))
        ) is not None:
            reason, effect = assigned
            judge = refuted if effect.index < self.run.index else unknown
            return judge(self.scope, name, reason, effect)
        if (changed := key_changes.change(lookup)) is not None:
            reason, where = changed
            return Precondition(name, Status.UNKNOWN, reason, self.scope.place(where))
        if lookup.collection.raising and self._handled():
            return unknown(
                self.scope, name, "an error of evaluating a key is handled in the loop", self.run
            )
        if lookup.collection.raising and self.told_midway:
            return unknown(
                self.scope, name, "a key that cannot be evaluated would raise before the loop has begun",
                self.run,
            )  # fmt: skip
        return proven(name, "all keys can be collected before the loop")

    @cached_property
    def told_midway(self) -> bool:
        """True if somebody can tell whether the loop has begun before an error."""
        told = self.writes or effects(self.window, Act.CALL)
        return bool(told) or observable(self.scope, self.lookup.loop)

    def _handled(self) -> bool:
        """True if a handler in the loop surrounds the lookup, whatever it is for."""
        inside = set(walk(self.lookup.loop.owner))
        return any(attempt.node in inside and attempt.handles for attempt in self.run.tries)

    def equal(self, part: KeyPart) -> Precondition:
        assert self.lookup.collection is not None
        if self.lookup.kind in ("row", "rows") and left_out(self.lookup.query, part.column):
            text = (
                f"{part.column.name} does not come with the rows, and would be asked for row by row"
            )
            return refuted(self.scope, "keys-equal", text, self.run)
        levels = tuple(level.loop for level in self.lookup.collection.levels)
        return keys_equal(self.scope, part, self.run, self._textual(part, levels))

    def _textual(self, part: KeyPart, loops: tuple[object, ...]) -> bool:
        nodes: list[ast.AST] = [part.operand]
        names_ = {n.id for n in walk(part.operand) if isinstance(n, ast.Name)}
        for loop in self.run.loops:
            for item in walk(loop.owner):
                if (
                    isinstance(item, ast.Assign)
                    and {t.id for t in item.targets if isinstance(t, ast.Name)} & names_
                ):
                    nodes += [item.value]
        return any(is_textual(node, self.run.loops) for node in nodes)

    def nulls(self) -> Precondition:
        """Keys that are None find the rows that they found (semantics 3.2)."""
        name = "null-keys"
        lookup = self.lookup
        if lookup.preloaded:
            return proven(name, "rows with NULL are fetched like all others")
        if not lookup.finds_null:
            return proven(name, "a key of None finds no row, before and after")
        if len(lookup.parts) > 1:
            return refuted(
                self.scope,
                name,
                "a part of the key may be None, which equals no row value",
                self.run,
            )
        return proven(name, "rows with NULL are fetched for a key of None")

    def items_repeatable(self) -> Precondition:
        name = "items-repeatable"
        loop = self.lookup.loop
        items = loop.items
        if self.lookup.preloaded:
            return proven(name, "the loop's items are gone over once")
        if (used := used_before(self.lookup)) is not None:
            return used
        if is_constant(self.scope, loop.iterable):
            return proven(name, "the loop's items never change")
        if in_batches(loop):
            text = "the rows of this loop come in batches, and would all be kept at once"
            return refuted(self.scope, name, text, self.run)
        if isinstance(items, Items) and (items.repeatable or items.run is not None):
            return proven(name, "the loop's items can be gone over twice")
        if (taken := taken_inside(self.scope, loop)) is not None:
            text = f"if {taken} is an iterator, the loop itself takes items of it"
            return refuted(self.scope, name, text, self.run)
        for event in self.window:
            left = isinstance(event, Exit) and event.kind in ("break", "return")
            if left and loop in event.loops and event.frame is loop.frame:
                text = "the loop may be left before an iterator comes to its end"
                return unknown(self.scope, name, text, event)
        if self.writes and not is_repeated_call(self.scope, loop.iterable):
            return unknown(
                self.scope, name, "an iterator could see what the loop writes", self.writes[0]
            )
        if (running := stateful(self.scope, items_made(self.scope, loop.iterable))) is not None:
            text = f"{ast.unparse(running)} does something for each item, and would do it earlier"
            return unknown(self.scope, name, text, self.run)
        text = "an error of one of the items would come before the loop has begun"
        called = bool(effects(self.window, Act.CALL))
        if may_fail(self.scope, loop.iterable) and (called or observable(self.scope, loop)):
            return unknown(self.scope, name, text, self.run)
        given = given_by_caller(self.scope, loop.iterable)
        if given is not None and (called or seen_midway(self.scope, loop)):
            text += f" if {given} is a generator that raises; an annotation can call it a list"
            return unknown(self.scope, name, text, self.run)
        return proven(name, "the items are put into a list first")

    @cached_property
    def rest(self) -> list[ast.AST]:
        """What the query is made of besides its keys."""
        keys = {id(n) for node in self.lookup.run.keyed_by(self.lookup.parts) for n in walk(node)}
        arguments = [
            argument
            for call in self.lookup.query.calls
            for argument in (*call.node.args, *(k.value for k in call.node.keywords))
        ]
        within, handed = self.handed_on.within, self.handed_on.given
        own = (n for a in arguments for n in walk(a) if n not in within)
        nodes = [*own, *handed, *read_to_begin(self.lookup)]
        if isinstance(self.run, Forwarded):
            outside = self.run.names_of_others()
            nodes = [node for node in nodes if node not in outside]
        return [node for node in nodes if id(node) not in keys]

    @cached_property
    def handed_on(self) -> HandedOn:
        return handed_on(self.scope, self.lookup.loop.owner, self.lookup.query)

    @cached_property
    def failing(self) -> ast.expr | None:
        """What of that may raise."""
        if self.handed_on.failing is not None:
            return self.handed_on.failing
        moments = Moments(self.scope)
        nodes = (node for node in self.rest if isinstance(node, ast.expr))
        return next(filter(moments.may_raise, nodes), None)

    def query_invariant(self) -> Precondition:
        """What the query says besides its keys is the same for every item."""
        name = "query-invariant"
        nodes = self.rest
        changed = mutated_names(self.scope, self.lookup.loop.owner)
        assigned = {e.attribute for e in effects(self.window, Act.SET)}
        for node in nodes:
            if isinstance(node, ast.Name) and node.id in changed:
                return refuted(
                    self.scope, name, f"the loop changes {node.id}, which the query reads", self.run
                )
            if isinstance(node, ast.Attribute):
                if node.attr in VOLATILE:
                    return unknown(
                        self.scope, name, f"{node.attr}() is another one for every item", self.run
                    )
                own = isinstance(node.value, ast.Name) and node.value.id == self.lookup.model.name
                if node.attr in assigned and not own:
                    return refuted(
                        self.scope,
                        name,
                        f"the loop assigns {node.attr}, which the query reads",
                        self.run,
                    )
        given = walk(self.run.session_node) if self.run.session_node is not None else []
        # the session is no part of the query, whatever it takes in
        read = [n for n in nodes if isinstance(n, ast.Name) and n not in given]
        if (held := key_changes.filled(self.scope, self.lookup.loop.owner, read)) is not None:
            text = f"the loop changes what {held.id} holds, which the query reads"
            return refuted(self.scope, name, text, self.run)
        changes = Changes(self.scope, self.lookup.loop)
        for node in nodes:
            if changes.of(node) is node and isinstance(node, ast.expr):
                text = f"the loop, or what it calls, may change {ast.unparse(node)}"
                judge = unknown if isinstance(node, ast.Name) else refuted
                return judge(self.scope, name, f"{text}, which the query reads", self.run)
        if self.failing is not None and (self._handled() or self.told_midway):
            text = f"{ast.unparse(self.failing)} may raise, and would before the loop has begun"
            return unknown(self.scope, name, text, self.run)
        inside = set(nodes)
        for effect in effects(self.window, Act.CALL):
            if effect.node in inside:
                text = f"{effect.callee}() is called for every item, and may give something else"
                return unknown(self.scope, name, text, effect)
        again = stateful(self.scope, (*nodes, *given)) or done_to_begin(self.lookup)
        if again is not None:
            text = f"{ast.unparse(again)} may be another one for every item"
            return unknown(self.scope, name, text, self.run)
        same = proven(name, "the rest of the query is the same for every item")
        return used_up(self.scope, nodes, self.run) or same

    def always_asked(self) -> Precondition:
        name = "asked-every-time"
        collection = self.lookup.collection
        assert collection is not None
        if collection.preload is not None:
            return proven(name, "the rows are fetched whatever is asked for")
        if collection.partial:
            return unknown(
                self.scope, name, f"the lookup stands {collection.partial}; its rows may not be needed",
                self.run,
            )  # fmt: skip
        if (left := self._left_early()) is not None:
            text = "the loop may be left before it has asked for every key"
            return unknown(self.scope, name, text, left)
        if (loaded := self._loaded_for_keys()) is not None:
            text = f"{loaded!r} would be loaded for each item, and the loop may be left before"
            return unknown(self.scope, name, text, self.run)
        return proven(name, "every key that is fetched is asked for")

    def _left_early(self) -> Event | None:
        """A `break`, `return` or `any()` by which later items may not be asked for.

        A function that is called for each item goes on with the next one after its `return`.
        """
        loops = [loop for loop in self.run.loops if loop.owner is not self.scope.node]
        if any(loop.stops for loop in loops):
            return self.run
        for exit_ in self.scope.exits:
            around = [loop for loop in exit_.loops if loop in loops and loop.frame is exit_.frame]
            if around and (
                exit_.kind == "return" or (exit_.kind == "break" and exit_.loop in around)
            ):
                return exit_
        return None

    def _loaded_for_keys(self) -> Step | None:
        """What a key has loaded row by row, in a loop that may be left before the last item."""
        loop = self.lookup.loop
        left = any(exit_.kind != "continue" and loop in exit_.loops for exit_ in self.scope.exits)
        for read in row_reads(self.scope) if left else ():
            before = (each.index < self.run.index for each in read.reads if loop in each.loops)
            if any(before):
                return read.step
        return None

    def one_row(self) -> Precondition:
        """Which row a key finds is determined (semantics 3.3)."""
        name = "row-determined"
        lookup = self.lookup
        if lookup.tested or lookup.kind in {*LISTS, *NUMBERS}:
            return proven(name, "no single row is picked among several")
        if lookup.amount in ("one", "one_or_none") and not lookup.is_get:
            return proven(name, "more than one row for a key still raises")
        if lookup.is_unique:
            return proven(name, "at most one row has a key")
        if lookup.extreme:
            return proven(name, "only the column that it is ordered by is read")
        if lookup.total_order:
            return proven(name, "the ORDER BY leaves no two rows of a key equal")
        return unknown(
            self.scope, name, "several rows may have a key, and nothing says which one is the first",
            self.run,
        )  # fmt: skip

    def row_order(self) -> Precondition:
        name = "row-order"
        lookup = self.lookup
        if lookup.kind not in LISTS or lookup.total_order:
            return proven(name, "the rows of a key keep their order")
        if lookup.limit is not None:
            return unknown(
                self.scope, name, "no total ORDER BY says which rows of a key are the first ones",
                self.run,
            )  # fmt: skip
        if lookup.order_free:
            return proven(name, "the order of a key's rows makes no difference")
        return unknown(
            self.scope,
            name,
            "no total ORDER BY says in what order the rows of a key come",
            self.run,
        )

    def same_rows(self) -> Precondition:
        return listened.same_rows(self.lookup)

    def table_not_written(self) -> Precondition:
        found = self.upkeep
        if (stale := self.stale()) is not None:
            return unknown(
                self.scope, "table-not-written",
                "rows that the session holds already may not show the keys that this writes", stale,
            )  # fmt: skip
        if found.refuted is not None:
            reason, event = found.refuted
            return refuted(self.scope, "table-not-written", reason, event)
        if found.doubt is not None:
            reason, event = found.doubt
            return unknown(self.scope, "table-not-written", reason, event)
        if found.statements:
            return proven(
                "table-not-written", "what is fetched is kept up with what the loop writes"
            )
        return proven("table-not-written", f"the loop does not write {self.lookup.model.name}")

    def values_not_shared(self) -> Precondition:
        return not_shared(self.lookup)

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
