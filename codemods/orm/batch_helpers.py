"""Helpers that ask queries keyed by a parameter: which of the queries a batch function can ask."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from keyword import kwlist
from typing import TYPE_CHECKING

from codemods.orm import rows_kept
from codemods.orm.batch_counts import most
from codemods.orm.batch_slices import HelperScope, HelperSlice, Stored
from codemods.orm.events import Act, Effect, Event
from codemods.orm.fetches import Fetch
from codemods.orm.forwarded import Forwarded
from codemods.orm.frames import Code as Function
from codemods.orm.frames import Program
from codemods.orm.key_loops import NotCollectable
from codemods.orm.keys import loaded_names
from codemods.orm.lookups import Lookup, described
from codemods.orm.naming import free, noun, plural
from codemods.orm.not_found import result_name
from codemods.orm.values import Value
from codemods.patch import Code

if TYPE_CHECKING:
    from codemods.finding import Precondition
    from codemods.orm.batch_levels import Handed

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(eq=False)
class Moved:
    """A query of a helper, and the fetch that asks for what many calls of the helper ask for."""

    lookup: Lookup
    fetch: Fetch = field(repr=False)

    @property
    def keys(self) -> tuple[Code, ...]:
        collection = self.lookup.collection
        assert collection is not None
        return tuple(k if isinstance(k, Code) else Code.of("{k}", k=k) for k in collection.keys)


class Helper:
    """A function that is called per item, with the queries that depend on the item.

    Args:
        item: the parameters of which one or the other is another one for every call.
        given: what callers hand to the parameters.
        other: the same function as it depends on another parameter, which nobody needs any more.
        optional: parameters that are None in some calls, whatever their annotation says.

    `obstacles` has what keeps the helpers that it calls from being asked for many items at once.
    """

    def __init__(
        self,
        program: Program,
        code: Function,
        item: tuple[str, ...],
        given: Mapping[str, Value],
        other: Helper | None = None,
        optional: frozenset[str] = frozenset(),
    ) -> None:
        assert not isinstance(code.node, ast.Module)
        self.program = program
        self.code = code
        self.node: FunctionNode = code.node
        self.item = item
        self.items = _plural(item, {argument.arg for argument in self.parameters})
        scope = other.scope if other is not None else None
        self.scope: HelperScope = HelperScope(
            program, code, item, self.items, given, optional, scope
        )
        self.handed: tuple[Handed, ...] = ()
        self.obstacles: list[Precondition] = []
        self.taken = {*dir(builtins), *kwlist, *self.scope.module_names, self.items}
        self.taken |= {parameter.arg for parameter in self.parameters}

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def title(self) -> str:
        """What one calls the item."""
        return " and ".join(self.item)

    @property
    def is_method(self) -> bool:
        """True if it is called on an object or a class."""
        return self.code.owner is not None and "staticmethod" not in self.code.decorators

    @cached_property
    def parameters(self) -> tuple[ast.arg, ...]:
        """Those that have a name of their own."""
        arguments = self.node.args
        return (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)

    def default(self, parameter: ast.arg) -> ast.expr | None:
        """What a parameter is where a call does not give it, None if each call has to."""
        arguments = self.node.args
        positional = [*arguments.posonlyargs, *arguments.args]
        found = dict(zip(reversed(positional), reversed(arguments.defaults), strict=False))
        found.update(
            (a, d)
            for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
            if d is not None
        )
        return found.get(parameter)

    @cached_property
    def receiver(self) -> str | None:
        """`self`, or `cls`."""
        return self.parameters[0].arg if self.is_method and self.parameters else None

    @property
    def qualifier(self) -> str:
        """What stands before the name of a function beside it, where the helper calls that."""
        facts = self.code.facts
        if self.receiver is not None or facts is None or facts.owner is None:
            return f"{self.receiver}." if self.receiver else ""
        return f"{facts.owner}."

    @cached_property
    def locals(self) -> frozenset[str]:
        """The variables that it binds itself."""
        return self.scope.locals

    @cached_property
    def lookups(self) -> tuple[Lookup, ...]:
        """The queries that depend on the item, in their order; some have a problem."""
        return tuple(self._lookups())

    def _lookups(self) -> Iterator[Lookup]:
        from codemods.orm.forwarding import in_helper

        loop, frame = self.scope.loop, self.scope.flow.root
        runs = sorted((*self.scope.own_runs, *in_helper(self.scope)), key=lambda run: run.index)
        for run in runs:
            if run.loops != (loop,) or run.frame is not frame:
                continue
            if run.or_asked:
                # a call that hands nothing over would ask once more
                continue
            found = described(self.scope, run)
            if found is not None:
                yield found

    @property
    def only_hands_on(self) -> bool:
        """True if all of its queries are sent by functions which do nothing else, and it adds no rows
        that these would find."""
        queries = self.every_lookup
        if any(moved.fetch.upkeep.statements for moved in self.moved):
            return False
        return bool(queries) and all(isinstance(each.run, Forwarded) for each in queries)

    @property
    def forwarded(self) -> frozenset[ast.Call]:
        """The calls that lead to those of its queries which others send."""
        runs = (each.lookup.run for each in self._queries)
        return frozenset(run.call for run in runs if isinstance(run, Forwarded))

    @property
    def moved(self) -> tuple[Moved, ...]:
        """The queries that a batch function asks, with the names that it uses."""
        return self._queries or (() if self.handed else self._lone_get)

    @property
    def rules_out_null(self) -> bool:
        """True if a query would find rows by a key of None, which an annotation rules out."""
        parts = [part for moved in self.moved for part in moved.lookup.parts]
        return any(part.column.may_be_null and not part.may_be_none for part in parts)

    @property
    def kept(self) -> bool:
        """True for `session.get()`, which stays for a lone call: it may have nothing to send."""
        return bool(self.moved) and self.moved[0].lookup.is_get

    @cached_property
    def _queries(self) -> tuple[Moved, ...]:
        earlier: dict[ast.expr, Stored] = {}
        found = []
        for lookup in self.lookups:
            if lookup.problem is not None or lookup.is_get:
                continue
            moved = self._moved(lookup, earlier)
            if moved is not None:
                found.append(moved)
                if (code := _stored(moved)) is not None:
                    earlier[lookup.expression] = code
        return tuple(found)

    @cached_property
    def _lone_get(self) -> tuple[Moved, ...]:
        gets = [lookup for lookup in self.lookups if lookup.is_get and lookup.problem is None]
        if len(gets) == 1 and gets[0].run.terminal == "get":
            moved = self._moved(gets[0], {})
            return (moved,) if moved is not None else ()
        for lookup in gets:
            reason = "get() asks nothing for rows that are loaded"
            lookup.problem = (reason, lookup.run.node)
        return ()

    def _moved(self, lookup: Lookup, earlier: Mapping[ast.expr, Stored]) -> Moved | None:
        try:
            self._collect(lookup, earlier)
        except NotCollectable as error:
            lookup.problem, lookup.collection = (error.reason, error.node), None
            return None
        moved = Moved(lookup, Fetch(lookup, rows_kept.in_helper(lookup), self.taken))
        # beside the list of all that it is called with, the name of one is free
        moved.fetch.spare = frozenset(self.item)
        self.taken.add(moved.fetch.row)
        _rename(moved, self.taken)
        return moved

    @cached_property
    def earlier(self) -> dict[ast.expr, Stored]:
        """What the batch function itself has found, by the query that asked for it."""
        found = ((moved.lookup.expression, _stored(moved)) for moved in self._queries)
        return {node: stored for node, stored in found if stored is not None}

    @property
    def every_moved(self) -> tuple[Moved, ...]:
        """The same with those of the helpers that it calls."""
        inner = (moved for each in self.handed for moved in each.helper.every_moved)
        return (*self.moved, *inner)

    @property
    def raising(self) -> bool:
        """True if evaluating a key of these queries can raise."""
        collections = [moved.lookup.collection for moved in self.moved]
        collections += [each.asked.collection for each in self.handed if each.asked is not None]
        own = any(collection is not None and collection.raising for collection in collections)
        return own or any(each.helper.raising for each in self.handed)

    @property
    def every_lookup(self) -> tuple[Lookup, ...]:
        """All queries of the helper and of the helpers that it calls."""
        inner = (lookup for each in self.handed for lookup in each.helper.every_lookup)
        return (*self.lookups, *inner)

    def settle(self, handed: Iterable[Handed]) -> None:
        """Say what the helper hands on; a query that stands alone gets the parameter's name."""
        self.handed = tuple(handed)
        if len(self.moved) != 1 or self.handed:
            return
        moved = self.moved[0]
        fresh = {*dir(builtins), *kwlist, *self.scope.module_names}
        wanted = Fetch(moved.lookup, None, fresh).found
        lookup, one = moved.lookup, noun(moved.lookup.model)
        if lookup.tested is not None and len(self.item) > 1:
            wanted = f"known_{plural(one)}"
        elif lookup.kind == "rows" or (lookup.kind == "row" and len(self.item) > 1):
            wanted = plural(one)
        elif len(lookup.columns) == 1 and lookup.tested is None:
            wanted = f"{one}_{plural(lookup.columns[0].column.name)}"
        taken = {*self.scope.taken_names, self.items}
        moved.fetch.found = free(wanted, f"prefetched_{wanted}", taken=taken)

    def _collect(self, lookup: Lookup, earlier: Mapping[ast.expr, Stored]) -> None:
        """Raises NotCollectable where the keys of other calls cannot be told."""
        lookup.collection = HelperSlice(self.scope, lookup.run, lookup.parts, earlier).collection()
        session = lookup.run.session_node
        if session is not None and (names := loaded_names(session) & self.locals):
            raise NotCollectable(f"{min(names)} is a session of its own in {self.name}()", session)
        if lookup.run.statement not in self.scope.flow.blocks:
            raise NotCollectable("nothing can stand before this statement", lookup.run.statement)

    @cached_property
    def most(self) -> int:
        """How many of these queries one call sends, at most."""
        return most(self.node, [x.expression for x in self.lookups])

    def most_left(self) -> int:
        """The same of those that stay."""
        moved = {each.lookup for each in self.moved}
        return most(self.node, [x.expression for x in self.lookups if x not in moved])

    @property
    def between(self) -> Sequence[Event]:
        """What comes after the first of the queries that move, and before the last."""
        indices = [moved.lookup.run.index for moved in self.moved]
        return self.scope.events[min(indices) : max(indices)]

    @property
    def written_between(self) -> Effect | None:
        """A write among these."""
        for event in self.between:
            if isinstance(event, Effect) and event.act in _WRITES:
                return event
        return None


def _plural(item: tuple[str, ...], taken: set[str]) -> str:
    """What one calls all that a helper is called with."""
    if len(item) > 1:
        return free("keys", "_and_".join(map(plural, item)), taken=taken)
    several = plural(item[0])
    return several if several != item[0] else f"all_{several}"


def _rename(moved: Moved, taken: set[str]) -> None:
    """Call what a query finds as the helper calls it, or by the class of its rows."""
    own = result_name(moved.lookup)
    names = [plural(own)] if own is not None and own not in _VAGUE else []
    if moved.lookup.kind == "rows":
        names.append(plural(noun(moved.lookup.model)))
    for name in names:
        if name not in taken and name != moved.fetch.row:
            taken.add(name)
            moved.fetch.found = name
            return


_VAGUE = frozenset({
    "result", "results", "rows", "row", "found", "data", "value", "values", "query", "items",
    "item", "res", "count", "n", "x", "obj", "total", "number",
})  # fmt: skip
_WRITES = frozenset({
    Act.ADD, Act.DELETE, Act.SET, Act.APPEND, Act.DML, Act.SQL, Act.FLUSH, Act.COMMIT,
    Act.ROLLBACK, Act.EXPIRE, Act.REFRESH, Act.EXPUNGE, Act.CLOSE, Act.SAVEPOINT,
})  # fmt: skip


def _stored(moved: Moved) -> Stored | None:
    """How the batch function itself reads what it has found for an item."""
    lookup, fetch = moved.lookup, moved.fetch
    key = fetch.key(list(moved.keys))
    found = Code.of(f"{fetch.found}.get({{key}})", key=key)
    if fetch.as_set:
        return None
    if lookup.kind == "count":
        number = Code.of(f"{fetch.found}.get({{key}}, 0)", key=key)
        return Stored(number, number)
    if lookup.kind in ("rows", "values", "tuples"):
        return Stored(Code.of(f"{fetch.found}.get({{key}}, [])", key=key), found)
    if not fetch.as_groups and lookup.kind in ("row", "value", "columns"):
        return Stored(found, found)
    return None
