"""Whether a statement that writes rows also changes the objects that the session has of them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm import rounds
from codemods.orm.events import Act

if TYPE_CHECKING:
    from codemods.orm.events import Effect

_OPTION = "synchronize_session"
# What `synchronize_session` may be so that the session's objects follow.
_FOLLOWED = frozenset({"auto", "evaluate", "fetch"})
# With these an INSERT may also change rows that are there.
_CONFLICTS = ("on_conflict_do_update", "on_duplicate_key_update", "prefix_with")
# How many arguments a statement has that is sent once, and as the session sends it by itself.
_GIVEN = {"update": 1, "delete": 0}


def synchronized(effect: Effect) -> bool:
    """True if the session's objects show what the statement has written, or it makes new rows only.

    Statements of Core, with lists of parameters and of the `bulk_` methods leave objects alone.
    """
    node, statement = effect.node, effect.sent
    if effect.act is not Act.DML or effect.model is None or not isinstance(node, ast.Call):
        return False
    method = rounds.called(node) or ""
    if statement is None:
        return method == "bulk_insert_mappings"
    if statement.node is node:
        return len(node.args) <= _GIVEN.get(method, -1) and _followed(node)
    if statement.has(*_CONFLICTS):
        return False
    if all(rounds.called(root) == "insert" for root in statement.roots):
        return True
    return (
        len(node.args) == 1
        and _followed(node)
        and all(_followed(c.node) for c in statement.calls if c.method == "execution_options")
    )


def _followed(call: ast.Call) -> bool:
    """True if no argument keeps the session's objects as they were."""
    for keyword in call.keywords:
        if keyword.arg == _OPTION:
            if not _is_followed(keyword.value):
                return False
        elif keyword.arg in (None, "params"):
            return False
        elif keyword.arg == "execution_options":
            match keyword.value:
                case ast.Dict(keys=keys, values=values):
                    for key, value in zip(keys, values, strict=True):
                        plain = key.value if isinstance(key, ast.Constant) else None
                        if plain == _OPTION and not _is_followed(value):
                            return False
                        if not isinstance(plain, str):
                            return False
                case _:
                    return False
    return True


def _is_followed(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value in _FOLLOWED
