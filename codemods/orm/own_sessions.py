"""The session that a row asks for, `object_session(self)`, as the function names it that has
fetched the row."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm import names
from codemods.orm.batch_changes import BY_NAME
from codemods.orm.bindings import assigned_names
from codemods.orm.events import Act, Run
from codemods.orm.given_names import GivenNames
from codemods.orm.instances import Instance
from codemods.orm.preconditions import effects
from codemods.orm.values import Row, Session, Value
from codemods.patch import Code

if TYPE_CHECKING:
    from codemods.orm.batch_sites import Site
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope

# After these, rows may have no session any more, or nobody knows.
_LEAVING = (Act.CLOSE, Act.EXPUNGE, Act.ROLLBACK, Act.SAVEPOINT, Act.CALL)


@dataclass(frozen=True)
class OwnSession:
    """The session of a loop's rows: `code` names it, `node` is where that is written and `read` are
    the attributes by which it does."""

    session: Session
    code: Code
    node: ast.expr | None
    read: frozenset[str]


def of_rows(site: Site, sent: Run) -> OwnSession | None:
    """The session that sends a query of a row's method, where that is the one which the row came
    with, and has it still; None where that is not known."""
    row = _asking(site.scope, sent.frame, sent.session_node)
    origins = {origin.run for origin in row.origins} if row is not None else set()
    if row is None or row.new or row.optional or len(origins) != 1:
        return None
    run = next(iter(origins))
    if run is None or run.awaited or run.session_node is None or run.session is None:
        return None
    if not site.loops or run.index >= site.loops[0].first or not _held(site, run):
        return None
    given = GivenNames(site.scope, site.call)
    code = given.code(run.frame, run.session_node)
    if code is None or given.imports:
        return None
    read = given.read | {n.attr for n in walk(run.session_node) if isinstance(n, ast.Attribute)}
    if not all(_stays(site.scope, leaf) for leaf in given.leaves) or _assigned(site.scope, read):
        return None
    paths = [(run.frame, run.session_node), *((site.scope.flow.root, n) for n in given.leaves)]
    if not all(_is_kept(site.scope, frame, node) for frame, node in paths):
        return None
    return OwnSession(run.session, code, given.leaves[0] if given.leaves else None, frozenset(read))


def asks_for_it(scope: Scope, frame: Frame, statement: ast.stmt) -> bool:
    """True for `session = object_session(self)`."""
    match statement:
        case ast.Assign(targets=[ast.Name()], value=ast.Call() as value):
            return _row(scope, frame, value) is not None
    return False


def _asking(scope: Scope, frame: Frame, node: ast.expr | None) -> Row | None:
    """The row whose session an expression of its method is."""
    if isinstance(node, ast.Name):
        stores = [n for n in walk(frame.code.node) if _is_store(n, node.id)]
        made = [
            each.value
            for each in frame.code.node.body
            if isinstance(each, ast.Assign) and each.targets == stores
        ]
        if len(made) != 1:
            return None
        node = made[0]
    return _row(scope, frame, node) if isinstance(node, ast.Call) else None


def _row(scope: Scope, frame: Frame, call: ast.Call) -> Row | None:
    match call:
        case ast.Call(args=[ast.Name(id=name)], keywords=[]) if frame.hands_on(name):
            full = scope.index.resolve_local(frame.code.module, dotted_name(call.func) or "")
            value = frame.env.get(name)
            if full in names.OBJECT_SESSION and not full.endswith("async_object_session"):
                return value if isinstance(value, Row) else None
    return None


def _held(site: Site, run: Run) -> bool:
    """True if the rows are in the session that has fetched them to the end of the loop."""
    events = site.scope.events[run.index : site.loops[0].last + 1]
    if effects(events, *_LEAVING):
        return False
    # what is deleted has no session any more once that is committed
    if effects(events, Act.COMMIT) and effects(site.scope.events, Act.DELETE, Act.DML):
        return False
    # a `with` that has been left may have closed it
    entered = [n for n in walk(site.scope.node) if isinstance(n, ast.With | ast.AsyncWith)]
    root = run.frame.chain[1].call if len(run.frame.chain) > 1 else run.node
    around = [n for n in entered if root in walk(n)]
    return all(site.loops[0].owner in walk(each) for each in around)


def _stays(scope: Scope, node: ast.expr) -> bool:
    """True for a variable that is bound once."""
    while isinstance(node, ast.Attribute):
        node = node.value
    if not isinstance(node, ast.Name):
        return False
    if isinstance(scope.node, ast.Module):
        return False
    stored = sum(_is_store(each, node.id) for each in walk(scope.node))
    taken = any(isinstance(n, ast.arg) and n.arg == node.id for n in walk(scope.node.args))
    return stored + taken <= 1 and not (taken and node.id in assigned_names(scope.node))


def _is_kept(scope: Scope, frame: Frame, node: ast.expr) -> bool:
    """True if reading this once more gives the same object: no property makes it."""
    match node:
        case ast.Name():
            return True
        case ast.Attribute(value=inner, attr=name):
            owner = _value(frame, inner)
            if isinstance(owner, Instance):
                classes = (owner.full_name, *scope.index.bases(owner.full_name))
                found = (scope.index.class_(each) for each in classes)
                made = any(each is not None and name in each.methods for each in found)
                return not made and _is_kept(scope, frame, inner)
            # `db.session`, where the module has `db`
            return isinstance(inner, ast.Name) and inner.id not in frame.env
    return False


def _value(frame: Frame, node: ast.expr) -> Value | None:
    match node:
        case ast.Name(id=name):
            return frame.env.get(name)
        case ast.Attribute(value=inner, attr=name):
            owner = _value(frame, inner)
            return owner.fields.get(name) if isinstance(owner, Instance) else None
    return None


def _assigned(scope: Scope, attributes: set[str]) -> bool:
    """True if the function, or what it calls, may assign one of these attributes of an object that
    is not new."""
    if not attributes:
        return False
    for code, new in _run(scope):
        for node in walk(code):
            match node:
                case ast.Attribute(value=ast.Name(id="self")) if new:
                    pass
                case ast.Attribute(attr=name, ctx=ast.Store() | ast.Del()) if name in attributes:
                    return True
                case ast.Call(func=ast.Name(id=name)) if name in BY_NAME:
                    return True
    return False


def _run(scope: Scope) -> Iterator[tuple[ast.AST, bool]]:
    """The function, and those that it calls, each with whether it makes a new object."""
    yield scope.node, False
    for frame in scope.flow.frames:
        if isinstance(frame.code.node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield frame.code.node, frame.code.node.name == "__init__"


def _is_store(node: ast.AST, name: str) -> bool:
    stored = isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    return stored and isinstance(node, ast.Name) and node.id == name
