"""Functions that look at all they have: at their variables, or at what the session holds."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.finding import Applicability, Finding, Precondition, Status
from codemods.orm.values import Session
from codemods.patch import InsertAfter, InsertBefore, Remove
from codemods.rule import held_back

if TYPE_CHECKING:
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope

# Builtins that see every variable of the function that calls them, some without arguments only.
_WITH_ALL = frozenset({"locals", "eval", "exec"})
_BARE = frozenset({"vars", "dir"})
_LOADED = "identity_map"
_WAITING = frozenset({"new", "dirty", "deleted", "is_modified"})
_GOING_OVER = frozenset({"len", "list", "set", "tuple", "sorted", "iter", "any", "all"})


def look_at_all(scope: Scope) -> ast.Call | None:
    """The call by which a function hands on all of its variables."""
    return scope.one(_look_at_all)


def _look_at_all(scope: Scope) -> ast.Call | None:
    for node in walk(scope.node):
        match node:
            case ast.Call(func=ast.Name(id=name), args=given) if name in _WITH_ALL or (
                name in _BARE and not given
            ):
                return node
    return None


def look_at_session(scope: Scope) -> ast.expr | None:
    """Where a function, or one that it calls, looks at all objects that the session has loaded, or
    at what waits in it for a flush."""
    for frame in scope.flow.frames:
        text = frame.code.source.text
        for node in walk(frame.code.node) if _LOADED in text else ():
            if isinstance(node, ast.Attribute) and node.attr == _LOADED:
                return node
        held = {name for name, value in frame.env.items() if isinstance(value, Session)}
        sent = (run.session_node for run in scope.runs if run.frame is frame)
        held.update(name for node in sent if node and (name := dotted_name(node)) is not None)
        for node in walk(frame.code.node) if held else ():
            match node:
                case ast.For(iter=gone_over) | ast.comprehension(iter=gone_over):
                    found = gone_over
                case ast.Call(func=ast.Name(id=name), args=[found]) if name in _GOING_OVER:
                    pass
                case ast.Attribute(value=found, attr=name) if name in _WAITING:
                    pass
                case _:
                    continue
            if dotted_name(found) in held and not _is_own(scope, frame, node):
                return node if isinstance(node, ast.Attribute) else found
    return None


def _is_own(scope: Scope, frame: Frame, node: ast.AST) -> bool:
    """True for a call of what has the name of a builtin, and is the project's."""
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return scope.index.resolve(frame.code.module, name) != f"builtins.{name}"
    return False


def in_sight(scope: Scope, finding: Finding) -> Finding:
    """The finding, whose fix is for review where it makes other variables, or loads rows at other
    times, and all of them are looked at."""
    fixes = [fix for fix in (finding.fix, *finding.alternatives) if fix is not None]
    safe = [fix for fix in fixes if fix.applicability is Applicability.SAFE]
    if safe and (seen := look_at_session(scope)) is not None:
        text = (
            f"{ast.unparse(seen)} shows what the session has, which is loaded or flushed elsewhere"
        )
        condition = Precondition("loading-unseen", Status.UNKNOWN, text, scope.place(seen))
        return held_back(finding, condition)
    call = look_at_all(scope) if safe and not isinstance(scope.node, ast.Module) else None
    if call is None:
        return finding
    own = scope.place(call).path
    changed = (patch for fix in safe for patch in fix.patches())
    if not any(
        isinstance(patch, InsertBefore | InsertAfter | Remove) and patch.place.path == own
        for patch in changed
    ):
        return finding
    text = f"{ast.unparse(call)} shows all variables, and these would be others"
    return held_back(finding, Precondition("names-kept", Status.UNKNOWN, text, scope.place(call)))
