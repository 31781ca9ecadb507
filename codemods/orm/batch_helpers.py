"""Helpers that ask queries keyed by a parameter: which of the queries a batch function can ask."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from keyword import kwlist

from codemods.orm.batch_counts import most
from codemods.orm.batch_slices import HelperScope, HelperSlice
from codemods.orm.events import Act, Effect
from codemods.orm.fetches import Fetch
from codemods.orm.frames import Code as Function
from codemods.orm.frames import Program
from codemods.orm.key_loops import NotCollectable
from codemods.orm.keys import loaded_names
from codemods.orm.lookups import Lookup, described
from codemods.orm.naming import free, plural, snake
from codemods.orm.upserts import result_name
from codemods.orm.values import Value
from codemods.patch import Code

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
        item: the parameter that is another one for every call.
        given: what callers hand to the parameters.
    """

    def __init__(
        self, program: Program, code: Function, item: str, given: Mapping[str, Value]
    ) -> None:
        assert not isinstance(code.node, ast.Module)
        self.program = program
        self.code = code
        self.node: FunctionNode = code.node
        self.item = item
        self.items = plural(item) if plural(item) != item else f"all_{item}"
        self.scope = HelperScope(program, code, item, self.items, given)

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def is_method(self) -> bool:
        """True if it is called on an object or a class."""
        return self.code.owner is not None and "staticmethod" not in self.code.decorators

    @cached_property
    def parameters(self) -> tuple[ast.arg, ...]:
        """Those that have a name of their own."""
        arguments = self.node.args
        return (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)

    @cached_property
    def receiver(self) -> str | None:
        """`self`, or `cls`."""
        return self.parameters[0].arg if self.is_method and self.parameters else None

    @cached_property
    def locals(self) -> frozenset[str]:
        """The variables that it binds itself."""
        return self.scope.locals

    @cached_property
    def lookups(self) -> tuple[Lookup, ...]:
        """The queries that depend on the item, in their order; some have a problem."""
        return tuple(self._lookups())

    def _lookups(self) -> Iterator[Lookup]:
        loop, frame = self.scope.loop, self.scope.flow.root
        for run in self.scope.own_runs:
            if run.loops != (loop,) or run.frame is not frame:
                continue
            found = described(self.scope, run)
            if found is not None:
                yield found

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """The queries that a batch function can ask, with the names that it uses."""
        taken = {*dir(builtins), *kwlist, *self.scope.module_names, self.items}
        taken |= {parameter.arg for parameter in self.parameters}
        earlier: dict[ast.expr, Code] = {}
        found = []
        for lookup in self.lookups:
            if lookup.problem is not None:
                continue
            try:
                self._collect(lookup, earlier)
            except NotCollectable as error:
                lookup.problem, lookup.collection = (error.reason, error.node), None
                continue
            moved = Moved(lookup, Fetch(lookup, None, taken))
            taken.add(moved.fetch.row)
            _rename(moved, taken)
            found.append(moved)
            if (code := _stored(moved)) is not None:
                earlier[lookup.expression] = code
        if len(found) == 1:
            self._as_parameter(found[0])
        return tuple(found)

    def _as_parameter(self, moved: Moved) -> None:
        """Give what the only query finds a name that is free in the helper."""
        fresh = {*dir(builtins), *kwlist, *self.scope.module_names}
        wanted = Fetch(moved.lookup, None, fresh).found
        lookup, one = moved.lookup, snake(moved.lookup.model.name)
        if lookup.kind == "rows":
            wanted = plural(one)
        elif len(lookup.columns) == 1 and lookup.tested is None:
            wanted = f"{one}_{plural(lookup.columns[0].column.name)}"
        taken = {*self.scope.taken_names, self.items}
        moved.fetch.found = free(wanted, f"prefetched_{wanted}", taken=taken)

    def _collect(self, lookup: Lookup, earlier: Mapping[ast.expr, Code]) -> None:
        """Raises NotCollectable where the keys of other calls cannot be told."""
        lookup.collection = HelperSlice(self.scope, lookup.run, lookup.parts, earlier).collection()
        session = lookup.run.session_node
        if session is not None and (names := loaded_names(session) & self.locals):
            raise NotCollectable(f"{min(names)} is a session of its own in {self.name}()", session)
        if lookup.is_get:
            raise NotCollectable("get() asks nothing for rows that are loaded", lookup.run.node)
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

    def written_between(self, moved: tuple[Moved, ...]) -> Effect | None:
        """A write that comes after the first of these queries and before the last."""
        indices = [m.lookup.run.index for m in moved]
        for event in self.scope.events[min(indices) : max(indices)]:
            if isinstance(event, Effect) and event.act in _WRITES:
                return event
        return None


def _rename(moved: Moved, taken: set[str]) -> None:
    """Call what a query finds as the helper calls it, or by the class of its rows."""
    own = result_name(moved.lookup)
    names = [plural(own)] if own is not None and own not in _VAGUE else []
    if moved.lookup.kind == "rows":
        names.append(plural(snake(moved.lookup.model.name)))
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


def _stored(moved: Moved) -> Code | None:
    """How the batch function itself reads what it has found for an item."""
    lookup, fetch = moved.lookup, moved.fetch
    key = fetch.key(list(moved.keys))
    if fetch.as_set:
        return None
    if lookup.kind == "count":
        return Code.of(f"{fetch.found}.get({{key}}, 0)", key=key)
    if lookup.kind in ("rows", "values", "tuples"):
        return Code.of(f"{fetch.found}.get({{key}})", key=key)
    if not fetch.as_groups and lookup.kind in ("row", "value", "columns"):
        return Code.of(f"{fetch.found}.get({{key}})", key=key)
    return None
