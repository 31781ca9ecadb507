"""Functions whose variables are looked at by their names: `locals()`, `eval()`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Applicability, Finding, Precondition, Status
from codemods.patch import InsertAfter, InsertBefore, Remove
from codemods.rule import held_back

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

# Builtins that see every variable of the function that calls them, some without arguments only.
_WITH_ALL = frozenset({"locals", "eval", "exec"})
_BARE = frozenset({"vars", "dir"})


def look_at_all(scope: Scope) -> ast.Call | None:
    """The call by which a function hands on all of its variables."""
    for node in walk(scope.node):
        match node:
            case ast.Call(func=ast.Name(id=name), args=given) if name in _WITH_ALL or (
                name in _BARE and not given
            ):
                return node
    return None


def in_sight(scope: Scope, finding: Finding) -> Finding:
    """The finding, whose fix is for review where all variables are looked at and it makes others."""
    fixes = [fix for fix in (finding.fix, *finding.alternatives) if fix is not None]
    safe = [fix for fix in fixes if fix.applicability is Applicability.SAFE]
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
