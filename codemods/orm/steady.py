"""What functions that a loop calls may change of what its keys and conditions are read from."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm import names
from codemods.orm.core_tables import CoreTable
from codemods.orm.definitions import rebound
from codemods.orm.elsewhere import is_pure
from codemods.orm.events import Act, Loop
from codemods.orm.key_changes import holders
from codemods.orm.key_loops import MUTATORS, mutated_names
from codemods.orm.keys import PURE_FUNCTIONS, PURE_METHODS
from codemods.orm.values import Items, ModelClass, Row, Symbol, Unknown

if TYPE_CHECKING:
    from pathlib import Path

    from codemods.orm.frames import Program
    from codemods.orm.scope import Scope

READERS = PURE_FUNCTIONS | {
    "print", "sum", "any", "all", "sorted", "list", "tuple", "set", "frozenset", "dict", "zip",
    "enumerate", "reversed", "map", "filter", "type", "hash", "id", "iter", "format", "getattr",
    "hasattr",
}  # fmt: skip
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Changes:
    """What the calls in a loop may change, as far as that can be told by names.

    Args:
        reading: calls that are known to change nothing.
    """

    def __init__(self, scope: Scope, loop: Loop, reading: Set[ast.AST] = frozenset()) -> None:
        self.scope = scope
        self.loop = loop
        self.bound = bound = set(loop.names) | set(loop.assigned)
        calls = tuple(call for call in _calls(scope, loop.owner) if call not in reading)
        self.handed = frozenset(_handed(scope, calls)) - bound
        self.moved = frozenset(_moved(scope, calls))
        self.attributes = _stored(scope, loop)
        self.calling = bool(calls)
        self.filled = frozenset(filled_attributes(scope, loop))
        self.items = frozenset(n for n in mutated_names(scope, loop.owner) if "[" in n)

    def of(self, node: ast.AST) -> ast.expr | None:
        """What in an expression may be another thing for the next item."""
        parents = self.scope.parents
        for item in walk(node):
            match item:
                case ast.Name(id=name) if name in self.handed or self._is_within(name):
                    if not isinstance(parents.get(item), ast.Attribute):
                        return item
                case ast.Name(id=name) if self.is_moved(item):
                    return item
                case ast.Name() if self.refilled(item) is not None:
                    return item
                case ast.Attribute(value=ast.Name(id=name)) if name in self.moved - self.bound:
                    called = parents.get(item)
                    if not (isinstance(called, ast.Call) and called.func is item):
                        return item
                case ast.Attribute(value=owner, attr=name) if name in self.attributes:
                    if not self._is_row(owner):
                        return item
                case ast.Attribute(value=owner) if self.filled & {item.attr, *self._read(item)}:
                    if not self._is_row(owner):
                        return item
                case ast.Subscript() if self.items and ast.unparse(item) in self.items:
                    return item
        return None

    def is_moved(self, item: ast.Name) -> bool:
        """True for an object that is handed on, and has a method called in the loop of which
        nothing is known, maybe under another name."""
        if not self.moved or item.id in self.bound:
            return False
        if item.id in self.moved:
            return not isinstance(self.scope.parents.get(item), ast.Attribute)
        changeable = _is_changeable(self.scope, item.id)
        return changeable and bool(self.moved & holders(self.scope, item.id))

    def _is_within(self, name: str) -> bool:
        """True for a part of a container that the loop gives to functions which may change it."""
        if not self.handed or name in self.bound or not _is_changeable(self.scope, name):
            return False
        return bool(self.handed & holders(self.scope, name))

    def refilled(self, node: ast.AST) -> ast.Name | None:
        """A name of the module in an expression, which the functions that the loop calls may fill
        anew."""
        for item in walk(node) if self.calling else ():
            if isinstance(item, ast.Name) and is_refilled(self.scope, item.id):
                return item
        return None

    def _read(self, item: ast.Attribute) -> Iterator[str]:
        """The attributes that are read where the attribute is a property."""
        for frame in self.scope.flow.frames:
            if any(step.call is item for step in frame.chain):
                for node in walk(frame.code.node):
                    if isinstance(node, ast.Attribute):
                        yield node.attr

    def _is_row(self, owner: ast.expr) -> bool:
        """True for rows, whose changes are events of their own, and for models."""
        if not isinstance(owner, ast.Name):
            return False
        elements = [x.element for x in self.scope.flow.all_loops if x.names == {owner.id}]
        values = [*elements, self.scope.flow.lookup(owner.id)]
        return any(isinstance(value, Row | ModelClass) for value in values)


def filled_attributes(scope: Scope, *loops: Loop) -> Iterator[str]:
    """The attributes whose objects the loops change, or what they call: `self.state["x"] = 1`."""
    sessions = {ast.unparse(run.session_node) for run in scope.runs if run.session_node}
    added = {effect.node for effect in scope.effects if effect.act is Act.ADD}
    frames = [f for f in scope.flow.frames if set(f.loops) & set(loops)]
    for tree in (*(loop.owner for loop in loops), *(frame.code.node for frame in frames)):
        for node in walk(tree):
            match node:
                case ast.Subscript(value=inner, ctx=ast.Store() | ast.Del()):
                    while isinstance(inner, ast.Subscript):
                        inner = inner.value
                    if isinstance(inner, ast.Attribute):
                        yield inner.attr
                case ast.Call(func=ast.Attribute(value=ast.Attribute() as owner, attr=method)):
                    known = node in added or ast.unparse(owner) in sessions
                    if method in MUTATORS and not known:
                        yield owner.attr


def handed_over(scope: Scope, loop: Loop, known: Set[ast.AST]) -> frozenset[str]:
    """The names of things that a loop gives to functions which may change them.

    Args:
        known: calls that change nothing.
    """
    calls = (call for call in _calls(scope, loop.owner) if call not in known)
    return frozenset(_handed(scope, calls))


def _handed(scope: Scope, calls: Iterable[ast.Call]) -> Iterator[str]:
    """The names of things that the loop gives to functions which may change them."""
    for node in calls:
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            for item in walk(argument):
                if (
                    isinstance(item, ast.Name)
                    and _is_changeable(scope, item.id)
                    and not isinstance(scope.parents.get(item), ast.Attribute | ast.Subscript)
                ):
                    yield item.id


def _moved(scope: Scope, calls: Iterable[ast.Call]) -> Iterator[str]:
    """The names of objects of which nothing is known, and whose methods the loop calls."""
    for node in calls:
        match node.func:
            case ast.Attribute(value=ast.Name(id=name), attr=method):
                if method not in PURE_METHODS and _is_strange(scope, name, method):
                    yield name


def _is_strange(scope: Scope, name: str, method: str) -> bool:
    match scope.flow.lookup(name):
        case Unknown(plain=plain):
            return not plain or method in scope.index.method_names
        case Symbol(full_name=full_name):
            known = full_name in scope.index.modules or full_name.startswith("sqlalchemy")
            return not known and not is_pure(scope.flow, f"{full_name}.{method}")
    return False


def _calls(scope: Scope, owner: ast.AST) -> Iterator[ast.Call]:
    """The calls of a loop that may do more than read, but for those that make queries."""
    sql = {
        inner
        for run in scope.runs
        for call in (run.node, *run.query.roots, *(c.node for c in run.query.calls))
        for inner in walk(call)
    }
    sessions = {ast.unparse(run.session_node) for run in scope.runs if run.session_node}
    calls = (node for node in walk(owner) if isinstance(node, ast.Call) and node not in sql)
    yield from (node for node in calls if not _only_reads(scope, node, sessions))


def is_refilled(scope: Scope, name: str) -> bool:
    """True for a variable of a module, or of the function, that other functions bind anew, or whose
    items they change."""
    if isinstance(scope.node, ast.Module) or name in scope.invented:
        return False
    if name in scope.flow.env and name not in rebound(scope.program.source(scope.module.path).text):
        inner = (n for n in walk(scope.node) if isinstance(n, _INNER) and n is not scope.node)
        return any(name in _filled(function) for function in inner)
    if isinstance(scope.flow.lookup(name), CoreTable):
        # `order_tags.insert()` makes a statement
        return False
    places = [(scope.module.path, name)]
    resolved = scope.index.resolve(scope.module, name)
    home = scope.index.modules.get(resolved.rpartition(".")[0]) if resolved else None
    if home is not None and resolved is not None:
        places.append((home.path, resolved.rpartition(".")[2]))
    known = scope.program.one(_none_known)
    for path, own in places:
        if path not in known:
            known[path] = refilled(scope.program.trees(path).whole, scope.program.source(path).text)
        if own in known[path]:
            return True
    return False


def _none_known(program: Program) -> dict[Path, frozenset[str]]:
    return {}


def refilled(tree: ast.Module, text: str) -> frozenset[str]:
    """The names that the functions of a file bind with `global`, or whose items they change."""
    functions = (node for node in tree.body if not isinstance(node, ast.Assign | ast.AnnAssign))
    return rebound(text).union(*map(_filled, functions))


def _filled(function: ast.AST) -> Iterator[str]:
    """The variables of others that a function binds, and those whose items it changes."""
    for node in walk(function):
        match node:
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                yield name
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)):
                if method in MUTATORS:
                    yield name
            case ast.Nonlocal(names=bound):
                yield from bound


def _only_reads(scope: Scope, node: ast.Call, sessions: set[str]) -> bool:
    match node.func:
        case ast.Name(id=name):
            value = scope.flow.lookup(name)
            known = isinstance(value, Symbol) and value.full_name == f"builtins.{name}"
            return isinstance(value, ModelClass) or (known and name in READERS)
        case ast.Attribute(value=owner, attr=method):
            if method in MUTATORS or ast.unparse(owner) in sessions:
                return True
            if isinstance(owner, ast.Name):
                if owner.id in names.LOGGER_NAMES and method in names.LOGGER_METHODS:
                    return True
                return isinstance(scope.flow.env.get(owner.id), Items)
    return False


def _is_changeable(scope: Scope, name: str) -> bool:
    value = scope.flow.env.get(name)
    if value is None:
        table = isinstance(scope.flow.lookup(name), CoreTable)
        return name in scope.module.values and not table
    return isinstance(value, Items | Unknown)


def _stored(scope: Scope, loop: Loop) -> frozenset[str]:
    """The attributes that are assigned, but in constructors, in the files of called functions."""
    frames = [f for f in scope.flow.frames if f.caller is not None and loop in f.loops]
    if not frames:
        return frozenset()
    trees = {scope.code.trees, *(frame.code.trees for frame in frames)}
    return frozenset().union(*(tree.assigned for tree in trees))
