"""How the keys of a lookup are collected: loops, their guards, and the key itself."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.core_tables import CoreTable
from codemods.orm.events import Loop
from codemods.orm.values import Session
from codemods.patch import Code, Copied

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

MUTATORS = frozenset({
    "append", "extend", "insert", "remove", "pop", "clear", "add", "discard", "update", "sort",
    "reverse", "setdefault", "popitem", "appendleft", "popleft", "extendleft", "rotate", "subtract",
    "move_to_end", "difference_update", "intersection_update", "symmetric_difference_update",
})  # fmt: skip


class NotCollectable(Exception):
    """Why the keys cannot be had before the loop; `node` shows it."""

    def __init__(self, reason: str, node: ast.AST) -> None:
        super().__init__(reason)
        self.reason = reason
        self.node = node


@dataclass(frozen=True)
class Guard:
    """A condition under which an item comes as far as the lookup; `stops` ends the loop else.

    `present` is the dump of an expression that the condition keeps from being None.
    """

    test: ast.expr
    holds: bool
    code: Code | Copied
    stops: bool = False
    present: str | None = None


@dataclass
class Level:
    """One loop of the nest: what it binds, what it goes over, and its guards."""

    loop: Loop
    target: str
    iterable: Code | Copied
    guards: list[Guard] = field(default_factory=list)


@dataclass
class Collection:
    """How to collect the keys: loops from the outside in, and the key parts.

    `partial` says why some collected keys may not be asked for, None if all are. `raising` is
    True if evaluating a key can raise. `preload` says why there are no keys to collect, where the
    rows are fetched without: the whole table, as far as the rest of the query goes.
    """

    levels: list[Level]
    keys: list[Code | Copied]
    partial: str | None = None
    raising: bool = False
    uncounted: bool = False
    preload: NotCollectable | None = None

    @property
    def stops(self) -> bool:
        return any(guard.stops for level in self.levels for guard in level.guards)


def mutated_names(scope: Scope, node: ast.AST) -> set[str]:
    """Names whose objects a loop changes: `seen.add(x)`, `counts[x] = 1`; no sessions."""
    found = set()
    sessions = {run.session_node.id for run in scope.runs if isinstance(run.session_node, ast.Name)}
    for item in walk(node):
        match item:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if (
                method in MUTATORS and name not in sessions
            ):
                if not isinstance(scope.flow.lookup(name), Session | CoreTable):
                    found.add(name)
            case ast.Subscript(
                value=ast.Name(), slice=ast.Constant(value=str()), ctx=ast.Store() | ast.Del()
            ):
                found.add(ast.unparse(item))
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                found.add(name)
            case ast.AugAssign(target=ast.Name(id=name)):
                found.add(name)
    return found


def range_of(node: ast.expr) -> range | None:
    """`range(1, 4)`."""
    match node:
        case ast.Call(func=ast.Name(id="range"), args=arguments, keywords=[]) if arguments:
            values = [a.value for a in arguments if isinstance(a, ast.Constant)]
            numbers = [value for value in values if type(value) is int]
            if len(numbers) == len(arguments) <= 3 and (len(numbers) < 3 or numbers[2]):
                return range(*numbers)
    return None
