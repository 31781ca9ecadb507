"""Whether an expression means the same at an earlier place of a function."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Set
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.elsewhere import is_pure
from codemods.orm.events import Event, Loop, Run
from codemods.orm.keys import PURE_METHODS
from codemods.orm.names import PURE_BUILTINS
from codemods.orm.query import Query
from codemods.orm.values import (
    Bound,
    Cell,
    ColumnRef,
    Condition,
    Function,
    Items,
    ModelClass,
    Plain,
    RelationshipRef,
    Row,
    Session,
    Symbol,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

Position = tuple[int, int]
# What raises for no argument that a condition is likely to have.
_NEVER_RAISING = frozenset({"len", "str", "repr", "bool", "list", "set", "tuple", "frozenset"})
_CLOCKS = frozenset({"now", "utcnow", "today", "timedelta"})
_CHANGING = frozenset({
    "append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "add", "discard",
    "update", "setdefault", "popitem", "appendleft", "popleft", "extendleft", "subtract",
})  # fmt: skip


class Moments:
    """What a function changes, and where."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @cached_property
    def changes(self) -> list[tuple[Position, str]]:
        """Every place where a name is bound, or what it holds is written."""
        return _changes(self.scope.node)

    def changed(self, node: ast.expr, start: ast.stmt, run: Run) -> str | None:
        """A name of `node` that has another value at `start` than where `run` had it evaluated."""
        used = set(paths(node))
        here, there = position(node), position(start)
        low, high = min(here, there), max(here, there)
        if here < there:
            for loop in run.loops:
                if here < position(loop.owner):
                    high = max(high, end_of(loop.owner))
        own = run.statement
        for place, path in self.changes:
            if not low <= place < high or not any(touches(path, other) for other in used):
                continue
            if hasattr(own, "body") or not position(own) <= place < here < end_of(own):
                return path
        return None

    def may_change(self, node: ast.expr, start: ast.stmt, run: Run) -> str | None:
        """What of `node` a function may have changed between `start` and where `run` had it
        evaluated."""
        if node is run.session_node and isinstance(node, ast.Name):
            return None
        here, there = position(node), position(start)
        return self.changed_by_calls(node, min(here, there), max(here, there))

    def changed_by_calls(
        self,
        node: ast.expr,
        low: Position,
        high: Position,
        followed: Set[ast.AST] = frozenset(),
    ) -> str | None:
        """What of an expression the calls between two places may change.

        Args:
            followed: calls of which that is known, and which do not.
        """
        found = [item for item in walk(self.scope.node) if isinstance(item, ast.Call)]
        found = [call for call in found if low <= position(call) and end_of(call) <= high]
        sent = {part for run in self.scope.runs for part in (run.node, *run.query.roots)}
        sent |= {call.node for run in self.scope.runs for call in run.query.calls}
        made = [call for call in found if call in sent or self._sent(call)]
        queries = {part for call in made for part in walk(call)}
        queries |= followed
        calls = [c for c in found if c not in queries and not self.is_known(c.func)]
        for item in walk(node) if calls else ():
            if isinstance(item, ast.Attribute | ast.Subscript) and self._is_held(item):
                return ast.unparse(item)
            if isinstance(item, ast.Name) and any(self._gets(call, item.id) for call in calls):
                return item.id
        return None

    def _sent(self, call: ast.Call) -> bool:
        """True for a part of a query."""
        root: ast.expr = call
        while isinstance(root, ast.Call | ast.Attribute | ast.Await):
            root = root.func if isinstance(root, ast.Call) else root.value
            value = self.scope.flow.lookup(dotted_name(root) or "")
            if isinstance(value, Session | Query | ModelClass):
                return True
        return isinstance(call.func, ast.Name) and self.is_sql(call.func)

    def _is_held(self, node: ast.Attribute | ast.Subscript) -> bool:
        """True for what an object of the program holds, which another function may change."""
        if isinstance(node, ast.Attribute) and node.attr.isupper():
            return False
        root: ast.expr = node
        while isinstance(root, ast.Attribute | ast.Subscript):
            root = root.value
        if not isinstance(root, ast.Name):
            return False
        value = self.scope.flow.lookup(root.id)
        if isinstance(value, Symbol):
            full = value.full_name
            own = self.scope.index.class_(full) or self.scope.index.value(full)
            return own is not None and not self.scope.index.is_enum(full)
        return not isinstance(value, ModelClass | Plain | Cell | Query | Session)

    def _gets(self, call: ast.Call, name: str) -> bool:
        """True if a call is handed a variable, or runs a function inside that has it."""
        if not self.is_changeable(name):
            return False
        handed = (*call.args, *(keyword.value for keyword in call.keywords))
        called = self.scope.flow.lookup(dotted_name(call.func) or "")
        within = (*handed, called.node) if isinstance(called, Function) else handed
        return any(
            isinstance(item, ast.Name) and item.id == name for part in within for item in walk(part)
        )

    def is_changeable(self, name: str) -> bool:
        """True for a variable that may hold a container."""
        value = self.scope.flow.lookup(name)
        return isinstance(value, Items) or (isinstance(value, Unknown) and not value.plain)

    def doubtful_call(self, node: ast.expr) -> str | None:
        """A call in `node` of which nobody knows that it may be made earlier, or only once."""
        for item in walk(node):
            if isinstance(item, ast.Call) and not self.is_known(item.func):
                return ast.unparse(item.func)
        return None

    def raising(self, node: ast.expr) -> ast.expr | None:
        """A part of a condition that is no SQL, and may raise: `limits[key]`, `int(text)`."""
        parts = (item for item in walk(node) if isinstance(item, ast.expr))
        return next(filter(self.may_raise, parts), None)

    def given_up_before(self, event: Event, loops: Iterable[Loop]) -> bool:
        """True if an error that one of these loops handles may come before an event."""
        for handled in event.tries:
            if isinstance(handled.node, ast.Try | ast.TryStar | ast.With | ast.AsyncWith):
                block = handled.node.body
                here = any(part is event.site for statement in block for part in walk(statement))
                again = any(part is handled.node for loop in loops for part in walk(loop.owner))
                if here and again and self.fails_before(block, event.site):
                    return True
        return False

    def fails_before(self, block: list[ast.stmt], goal: ast.AST) -> bool:
        """True if something in a block may raise by itself before it comes to `goal`."""
        start = position(goal)
        parts = (node for statement in block for node in walk(statement))
        done = (node for node in parts if isinstance(node, ast.expr) and end_of(node) <= start)
        return any(self.may_raise(node) and not self._collects(node) for node in done)

    def _collects(self, node: ast.expr) -> bool:
        """True for `found.append(…)`, of a list that is known."""
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append")):
                return isinstance(self.scope.flow.lookup(name), Items)
        return False

    def may_raise(self, node: ast.AST) -> bool:
        """True for an expression that is no SQL, and may raise by itself."""
        match node:
            case ast.Subscript(
                value=ast.Name(id=name), slice=ast.Constant(value=key)
            ) if self._has_item(name, key):
                return False
            case ast.Subscript() | ast.BinOp(op=ast.Div() | ast.FloorDiv() | ast.Mod() | ast.Pow()):
                return not self._names_class(node)
            case ast.Attribute(value=ast.Name(id=name)):
                return may_be_none(self.scope.flow.lookup(name))
            case ast.Call(func=ast.Name(id=name)) if name in _NEVER_RAISING:
                return False
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) as called:
                given = (*called.args, *(keyword.value for keyword in called.keywords))
                if given and all(isinstance(argument, ast.Constant) for argument in given):
                    return False
                symbol = self.scope.flow.lookup(dotted_name(called.func) or "")
                full = symbol.full_name if isinstance(symbol, Symbol) else ""
                of_sql = full.startswith(("sqlalchemy.", "sqlmodel."))
                return not (of_sql or name in _CLOCKS or self._names_class(called.func))
        return False

    def _has_item(self, name: str, key: object) -> bool:
        """True for an item of a dict that is written out: `{"rank": 1}`."""
        value = self.scope.flow.lookup(name)
        return isinstance(value, Items) and key in dict(value.named)

    def _names_class(self, node: ast.AST) -> bool:
        """True for SQL: an expression that names a mapped class."""
        return any(
            isinstance(part, ast.Name | ast.Attribute)
            and isinstance(self.scope.flow.lookup(dotted_name(part) or ""), ModelClass)
            for part in walk(node)
        )

    def is_known(self, function: ast.expr) -> bool:
        """True for functions that only compute, or that make SQL."""
        if (dotted := dotted_name(function)) is not None:
            value = self.scope.flow.lookup(dotted)
            if isinstance(value, Symbol):
                name = value.full_name
                plain = name.startswith("builtins.") and name[9:] in PURE_BUILTINS
                return plain or is_pure(self.scope.flow, name) or self.is_sql(function)
            if isinstance(value, Bound):
                return isinstance(
                    value.receiver, Plain | Cell | Items | ColumnRef | Condition | RelationshipRef
                )
        if not isinstance(function, ast.Attribute):
            return False
        match function.value:
            case ast.Call(func=inner):
                return self.is_known(inner)
            case ast.BinOp() | ast.Compare() | ast.UnaryOp() | ast.Constant() | ast.JoinedStr():
                return True
            case ast.Attribute() | ast.Name() if dotted := dotted_name(function.value):
                value = self.scope.flow.lookup(dotted)
                named = function.attr in self.scope.index.method_names - PURE_METHODS
                plain = isinstance(value, Unknown) and value.plain and not named
                return plain or isinstance(value, Plain | Cell | Items) or self.is_sql(function)
        return False

    def is_sql(self, function: ast.expr) -> bool:
        """True for what is called on a mapped class: `Order.name.like`."""
        node = function
        while isinstance(node, ast.Attribute):
            node = node.value
            dotted = dotted_name(node)
            if dotted and isinstance(self.scope.flow.lookup(dotted), ModelClass | Query):
                return True
        return False


def may_be_none(value: Value | None) -> bool:
    """True for a value that is known to be None at times, as `first()` is."""
    return (isinstance(value, Row) and value.optional) or value == Plain(constant=None)


@lru_cache(maxsize=4)
def _changes(function: ast.AST) -> list[tuple[Position, str]]:
    """Every group of numbers of a function asks for the same."""
    return [(position(node), name) for node in walk(function) for name in changed_names(node)]


def position(node: ast.AST) -> Position:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def end_of(node: ast.AST) -> Position:
    return getattr(node, "end_lineno", 0), getattr(node, "end_col_offset", 0)


def changed_names(node: ast.AST) -> Iterator[str]:
    """The variables that a node binds, or the attributes whose value it writes to, dotted."""
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            yield name
        case ast.Attribute(ctx=ast.Store() | ast.Del()):
            yield path_of(node)
        case ast.Subscript(ctx=ast.Store() | ast.Del(), value=owner):
            yield path_of(owner)
        case ast.Call(func=ast.Attribute(value=owner, attr=name)) if name in _CHANGING:
            yield path_of(owner)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.ExceptHandler(name=str() as name):
            yield name
        case ast.alias(name=full, asname=asname):
            yield asname or full.partition(".")[0]
        case ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name):
            yield name


def path_of(node: ast.expr) -> str:
    """`a.b` of `a.b`, `a` of `a[0].c`; empty where no variable is at the beginning."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        if isinstance(node, ast.Attribute):
            parts.insert(0, node.attr)
        else:
            parts = []
        node = node.func if isinstance(node, ast.Call) else node.value
    return ".".join([node.id, *parts]) if isinstance(node, ast.Name) else ""


def paths(node: ast.AST) -> Iterator[str]:
    """Every variable and attribute that an expression reads, as long as it can be written."""
    if isinstance(node, ast.Attribute | ast.Name) and (dotted := dotted_name(node)) is not None:
        yield dotted
        return
    for child in ast.iter_child_nodes(node):
        yield from paths(child)


def touches(written: str, read: str) -> bool:
    """True if what is written is a part of what is read, or the other way round."""
    one, other = f"{written}.", f"{read}."
    return bool(written) and (one.startswith(other) or other.startswith(one))
