"""Sessions that code keeps where other code finds them: in a ContextVar, a class, a namespace."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm import made_of
from codemods.orm.instances import Instance
from codemods.orm.values import OUTSIDE, Bound, Items, Session, Symbol, Tuple, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow

# What ends or empties a session, and is no word for much else.
_METHODS = frozenset({
    "commit", "rollback", "expire", "expire_all", "expunge", "expunge_all", "begin_nested",
    "add_all",
})  # fmt: skip
# What runs text as code.
_ANY_CODE = frozenset({
    "builtins.eval", "builtins.exec", "builtins.__import__", "importlib.import_module",
})  # fmt: skip


def may_reach_one(flow: Flow, function: Value) -> bool:
    """True for a call that is handed no session and may yet change one: a method of what has one,
    `current.get().commit()`, and a class whose objects are made by what has a session."""
    if function.tainted or made_of.asks(flow, function):
        return True
    match function:
        case Bound(receiver=receiver, name=name):
            return name in _METHODS and receiver != OUTSIDE
        case Symbol(full_name=full_name):
            owner, _, name = full_name.rpartition(".")
            return full_name in _ANY_CODE or (bool(owner) and name in _METHODS)
    return False


def kept(flow: Flow, owner: ast.expr, value: Value) -> None:
    """Note that `value` is assigned to an attribute or an entry of something which is no row and
    no object of the project: whatever is called from here on may take a session out of it."""
    if has_one(value) and not (isinstance(owner, ast.Name) and owner.id == "self"):
        flow.shared_sessions = True


def has_one(value: Value, depth: int = 0) -> bool:
    """True for a session, and for what holds one."""
    match value:
        case Session():
            return True
        case Bound(receiver=receiver):
            return has_one(receiver, depth)
        case Instance(fields=fields):
            return depth < 3 and any(has_one(each, depth + 1) for each in fields.values())
        case Items(element=element, mapped=mapped):
            return has_one(element, depth) or (mapped is not None and has_one(mapped, depth))
        case Tuple(elements=elements):
            return any(has_one(each, depth) for each in elements)
    return False
