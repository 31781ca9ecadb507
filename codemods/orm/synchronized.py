"""Whether a statement that writes rows also changes the objects that the session has of them."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from codemods.orm import rounds
from codemods.orm.events import Act

if TYPE_CHECKING:
    from codemods.orm.events import Effect

# Anything but `synchronize_session="fetch"` and the like, as a keyword or in a dict.
_LEFT_OUT = re.compile(r"synchronize_session['\"]?\s*[:=](?!\s*['\"](?:fetch|evaluate|auto))")
_SENDERS = frozenset({"execute", "scalars", "scalar", "exec"})


def synchronized(effect: Effect) -> bool:
    """True if the session's objects show what the statement has written, or it makes new rows only.

    Statements of Core, with lists of parameters and of the `bulk_` methods leave objects alone.
    """
    node, code = effect.node, effect.frame.code
    if effect.act is not Act.DML or effect.model is None or not isinstance(node, ast.Call):
        return False
    within = code.source.text
    if not isinstance(code.node, ast.Module):
        within = code.source.slice(code.source.span(code.node))
    if _LEFT_OUT.search(within):
        return False
    method = rounds.called(node) or ""
    if method in ("update", "delete"):
        return len(node.args) <= (method == "update")
    if method not in _SENDERS or not node.args:
        return method == "bulk_insert_mappings"
    text = ast.unparse(node.args[0])
    if "insert(" in text:
        return "on_conflict" not in text and "on_duplicate" not in text
    return len(node.args) == 1 and "__table__" not in ast.unparse(code.node)
