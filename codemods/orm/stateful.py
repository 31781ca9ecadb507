"""What a query is made of that may answer otherwise when it is evaluated once more."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.bindings import assigned_values
from codemods.orm.key_loops import MUTATORS
from codemods.orm.keys import PURE_FUNCTIONS, PURE_METHODS
from codemods.orm.outside import gives_another
from codemods.orm.values import ColumnRef, Condition, ModelClass, RelationshipRef, Symbol

if TYPE_CHECKING:
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope

VOLATILE = frozenset({
    "now", "utcnow", "today", "random", "time", "clock_timestamp", "nextval", "next_value", "uuid4",
    "uuid1", "current_timestamp", "monotonic", "perf_counter", "randint", "randrange", "choice",
    "gen_random_uuid", "next", "input", "token_hex", "urandom",
})  # fmt: skip
_READING = PURE_FUNCTIONS | {"list", "set", "tuple", "sorted", "dict", "getattr", "sum"}


def stateful(
    scope: Scope, nodes: Iterable[ast.AST], building: Set[ast.AST] = frozenset()
) -> ast.expr | None:
    """The first expression among some that may be another one each time, since it takes the next
    of something, or runs a function of the project that does more than to compute.

    Args:
        building: calls that are known to build a query.
    """
    for node in nodes:
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in VOLATILE:
                return node
        if (call := gives_another(scope, node)) is not None:
            return call
        if isinstance(node, ast.expr) and any(
            _does_more(scope, f, building) for f in _run(scope, node)
        ):
            return node
    return None


def _run(scope: Scope, node: ast.expr, caller: Frame | None = None) -> Iterator[Frame]:
    """The activations that an expression has led to; for a function inside of a function, those
    of any call of it."""
    inner = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
    for frame in scope.flow.frames:
        match frame.call:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found = name == inner
            case call:
                found = call is node
        if found and frame.caller is not None and caller in (None, frame.caller):
            yield frame


def _does_more(scope: Scope, frame: Frame, building: Set[ast.AST] = frozenset()) -> bool:
    """True if a function, or one that it calls, changes what outlives it, or does what is not
    known."""
    for node in _inside(frame.code.node):
        match node:
            case ast.Attribute(ctx=ast.Store() | ast.Del()):
                return True
            case ast.Subscript(ctx=ast.Store() | ast.Del()):
                return True
            case ast.Global() | ast.Nonlocal() | ast.Await():
                return True
        followed = list(_run(scope, node, frame)) if isinstance(node, ast.expr) else []
        if any(_does_more(scope, each, building) for each in followed):
            return True
        match node:
            case ast.Call() if not followed and node not in building:
                if not _computes(scope, frame, node):
                    return True
    return False


def _inside(function: ast.AST) -> Iterator[ast.AST]:
    """The statements of a function, without its decorators and annotations."""
    for statement in getattr(function, "body", ()):
        yield from walk(statement)


def _computes(scope: Scope, frame: Frame, node: ast.Call) -> bool:
    """True for a call that makes SQL, or another value, of what it is given."""
    full = scope.index.resolve(frame.code.module, dotted_name(node.func) or "") or ""
    if full.startswith(("sqlalchemy.", "sqlmodel.")):
        return full.rpartition(".")[2] not in VOLATILE
    match node.func:
        case ast.Name(id=name):
            known = name in _READING and name not in frame.env
            return known or isinstance(frame.env.get(name), ModelClass)
        case ast.Attribute(value=owner, attr=name):
            if name in VOLATILE or name in MUTATORS:
                return False
            return name in PURE_METHODS or _is_sql(scope, frame, owner)
    return False


def _is_sql(scope: Scope, frame: Frame, node: ast.expr) -> bool:
    """True for what is made of a column, or of a function of the database."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    if not isinstance(node, ast.Name):
        return False
    full = scope.index.resolve(frame.code.module, node.id)
    value = frame.env.get(node.id) or (scope.flow.named(full) if full else None)
    if isinstance(value, Symbol):
        return value.full_name.startswith("sqlalchemy.")
    return isinstance(value, ColumnRef | RelationshipRef | Condition | ModelClass)


def items_made(scope: Scope, iterable: ast.expr) -> Iterator[ast.AST]:
    """What is evaluated for the items of a loop, if it is put into a variable first."""
    yield from walk(iterable)
    for node in walk(iterable):
        if isinstance(node, ast.Name):
            for value in assigned_values(scope.node, node.id):
                yield from walk(value) if value is not None else ()


__all__ = ["VOLATILE", "items_made", "stateful"]
