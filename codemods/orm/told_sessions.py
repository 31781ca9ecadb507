"""Sessions that only their use tells: nothing is known of where they come from."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm import sessions, sql
from codemods.orm.core_tables import CoreTable
from codemods.orm.query import Query
from codemods.orm.values import ModelClass, Row, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow

_STATEMENTS = frozenset({"execute", "scalars", "scalar", "stream", "stream_scalars", "exec"})
_OF_ROWS = frozenset({"add", "delete", "merge", "refresh", "expunge", "expire"})


def call(
    flow: Flow, node: ast.Call, receiver: Value, name: str, arguments: list[Value]
) -> Value | None:
    """`owner.name(arguments)`, where that tells that `owner` is a session; None if it does not.

    What a library has given may be shared with whatever else the project calls there.
    """
    owner = node.func.value if isinstance(node.func, ast.Attribute) else node.func
    if not _told(receiver, owner, name, arguments):
        return None
    session = sessions.of_project(flow, dotted_name(owner) or ast.unparse(owner))
    if session.asynchronous and _answers_at_once(flow.frame.code.node, owner):
        # `AsyncSession.run_sync()` hands over the one within, which has the same options
        session = replace(session, asynchronous=False)
    if not receiver.tainted:
        flow.shared_sessions = True
        session = replace(session, shared=True)
        if (dotted := dotted_name(owner)) is not None:
            flow.remember(dotted, session)
    return sessions.call(flow, node, session, owner, name, arguments)


def _answers_at_once(function: ast.AST, owner: ast.expr) -> bool:
    """True if a function takes what this session gives without awaiting it."""
    if isinstance(function, ast.AsyncFunctionDef):
        return False
    written = ast.unparse(owner)
    for node in walk(function):
        match node:
            case ast.Call(func=ast.Attribute(value=session, attr="query")):
                pass
            case ast.Attribute(value=ast.Call(func=ast.Attribute(value=session))):
                pass
            case (ast.For() | ast.comprehension()) as loop if isinstance(
                loop.iter, ast.Call
            ) and isinstance(loop.iter.func, ast.Attribute):
                session = loop.iter.func.value
            case _:
                continue
        if ast.unparse(session) == written:
            return True
    return False


def _told(receiver: Value, owner: ast.expr, name: str, arguments: list[Value]) -> bool:
    """True if this can only be a call of a session, whatever the owner is; a method that other
    objects have too also needs an owner that may be one, by its value or its name."""
    first = arguments[0] if arguments else None
    if name == "query":
        return isinstance(first, ModelClass | CoreTable | Query) or (
            first is not None and sql.is_sql(first)
        )
    if name in _STATEMENTS:
        return isinstance(first, Query) or (first is not None and sql.is_sql(first))
    called_so = sessions.session_name(owner)
    if name in ("get", "get_one"):
        return isinstance(first, ModelClass) and (receiver.tainted or called_so)
    if name in _OF_ROWS and isinstance(first, Row):
        return receiver.tainted or called_so
    return name in sessions.EFFECTS and receiver.tainted and called_so
