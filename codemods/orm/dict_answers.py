"""Rows that come out of a dict which was filled before the loop: `order = orders.get(number)`, and
`order = find(session, number, orders=orders)` of a function that looks there first."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.definitions import replaceable, reworked
from codemods.orm.found_or_else import told
from codemods.orm.plain_answers import VALUES, is_data
from codemods.orm.protocols import TRUTH
from codemods.orm.steady import READERS
from codemods.orm.values import Items, Row, kind_of
from codemods.patch import Code, Copied

if TYPE_CHECKING:
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope

_PLAIN = frozenset({"staticmethod", "classmethod"})


@dataclass(frozen=True)
class DictAnswer:
    """What a dict has for a key, as the loop's function knows both.

    Args:
        held: the dict.
        row: what it holds.
        key: the key, with `{k0}`, `{k1}` for what stands at `parts`.
        raises: True if the loop ends where the dict has nothing.
        call: the call of a function that does no more than to look there.
    """

    held: ast.Name
    row: Row
    key: str
    parts: tuple[ast.expr, ...]
    raises: bool = False
    call: ast.Call | None = None

    def code(self, write: Callable[[ast.expr], Code | Copied], form: str = "{held}[{key}]") -> Code:
        """The row, where there is one, or what else `form` says of the dict and the key.

        Args:
            write: gives an expression of the loop, as it is before the loop.
        """
        parts = {f"k{number}": write(part) for number, part in enumerate(self.parts)}
        text = form.replace("{key}", self.key)
        return Code.of(text, held=write(self.held), **parts)

    def is_hashed(self, scope: Scope) -> bool:
        """True if the dict can be asked for the key, of whatever item of the loop."""
        return all(_is_hashed(scope, part) for part in self.parts)


def _is_hashed(scope: Scope, part: ast.expr) -> bool:
    match part:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            value = scope.flow.lookup(name)
            return (is_data(value) and kind_of(value) is not None) or isinstance(value, Row)
        case ast.Attribute(value=ast.Name(id=name), attr=attribute):
            owner = scope.flow.lookup(name)
            column = owner.model.columns.get(attribute) if isinstance(owner, Row) else None
            return column is not None and column.python in VALUES
    return False


def only_of_none(scope: Scope, test: ast.expr, taken: Mapping[str, DictAnswer]) -> str | None:
    """The variable of a condition that asks only whether it has a row: `order is None`."""
    test = test.operand if isinstance(test, ast.UnaryOp) else test
    match test:
        case ast.Name(id=name) if name in taken:
            truth = scope.index.has_method(taken[name].row.model.full_name, *TRUTH)
            return None if truth else name
        case ast.Compare(left=ast.Name(id=name), comparators=[ast.Constant(value=None)]):
            return name if name in taken else None
    return None


def keepers(scope: Scope, held: str) -> set[str]:
    """The variables that may hold a dict as a part: `box` after `box = Box(orders)`."""
    known = dict_calls(scope, scope.node)
    found: set[str] = set()
    for node in walk(scope.node):
        match node:
            case ast.Assign(targets=targets, value=value):
                kept = any(_is_whole(scope, item, held, known) for item in walk(value))
            case ast.Call(func=ast.Attribute(value=owner), args=given):
                targets = [owner]
                kept = any(_is_whole(scope, item, held, known) for item in given)
            case _:
                continue
        if kept:
            found |= {n.id for each in targets for n in walk(each) if isinstance(n, ast.Name)}
    return found


def is_handed_on(scope: Scope, held: str) -> bool:
    """True if a function of which nothing is known gets a dict, which it may keep for others."""
    known = dict_calls(scope, scope.node)
    for node in walk(scope.node):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            given = (*node.args, *(keyword.value for keyword in node.keywords))
            if node.func.id not in READERS and any(
                _is_whole(scope, item, held, known) for item in given
            ):
                return True
    return False


def _is_whole(scope: Scope, node: ast.AST, held: str, known: Set[ast.AST]) -> bool:
    """True where an expression gets the dict itself, and not one of its rows."""
    if not isinstance(node, ast.Name) or node.id != held:
        return False
    parent = scope.parents.get(node)
    if isinstance(parent, ast.keyword):
        parent = scope.parents.get(parent)
    return not isinstance(parent, ast.Attribute | ast.Subscript | ast.Compare) and (
        parent not in known
    )


def dict_calls(scope: Scope, loop: ast.AST) -> frozenset[ast.AST]:
    """The calls in a loop that do no more than to look into a dict which they are handed."""
    calls = (node for node in walk(loop) if isinstance(node, ast.Call) and node.keywords)
    return frozenset(
        call
        for call in calls
        if any(_row_in(scope, keyword.value) for keyword in call.keywords)
        and dict_answer(scope, call) is not None
    )


def dict_answer(scope: Scope, value: ast.expr) -> DictAnswer | None:
    """What `value` is, if it is the row that a dict has for a key; None for anything else."""
    call = value.value if isinstance(value, ast.Await) else value
    match value:
        case ast.Call(
            func=ast.Attribute(value=ast.Name() as held, attr="get"), args=[key], keywords=[]
        ):
            row = _row_in(scope, held)
            return None if row is None else DictAnswer(held, row, "{k0}", (key,))
    if not isinstance(call, ast.Call):
        return None
    frames = [f for f in scope.flow.frames if f.call is call and f.caller is scope.flow.root]
    return _of_function(scope, call, frames[0]) if len(frames) == 1 else None


def _row_in(scope: Scope, held: ast.expr | None) -> Row | None:
    """The row that a dict of the function holds for each of its keys."""
    if isinstance(held, ast.Name):
        match scope.flow.lookup(held.id):
            case Items(kind="dict", mapped=Row(optional=False) as row):
                return row
    return None


def _of_function(scope: Scope, call: ast.Call, frame: Frame) -> DictAnswer | None:
    node = frame.code.node
    if isinstance(node, ast.Module) or not _PLAIN.issuperset(frame.code.decorators):
        return None
    if _may_be_another(scope, frame):
        return None
    found = _Found(scope, frame)
    if not found.read(node.body) or found.held is None or found.key is None:
        return None
    held, row = frame.argument(found.held), _row_in(scope, frame.argument(found.held))
    key = found.template(found.key)
    if row is None or key is None or not isinstance(held, ast.Name):
        return None
    return DictAnswer(held, row, key, tuple(found.parts), found.raises, call)


def _may_be_another(scope: Scope, frame: Frame) -> bool:
    """True if the call may run another function than the one that is known by its name."""
    program, facts, owner = scope.program, frame.code.facts, frame.code.owner
    if facts is None or replaceable(program, facts):
        return True
    if owner is None:
        return False
    return reworked(program, owner) or scope.index.overridden(owner, facts.name)


@dataclass
class _Found:
    """What a function gives back that looks into a dict which it was handed."""

    scope: Scope
    frame: Frame
    handed: set[str] = field(default_factory=set)
    held: str | None = None
    key: ast.expr | None = None
    raises: bool = False
    parts: list[ast.expr] = field(default_factory=list)

    def read(self, body: list[ast.stmt]) -> bool:
        """True if it gives back what the dict has, None where it has nothing, or raises then."""
        name: str | None = None
        done = False
        for statement in body:
            match statement:
                case ast.Expr(value=ast.Constant()):
                    continue
                case ast.If(
                    test=ast.Compare(
                        left=ast.Name(id=given),
                        ops=[ast.Is()],
                        comparators=[ast.Constant(value=None)],
                    ),
                    orelse=[],
                ) if name is None and _row_in(self.scope, self.frame.argument(given)):
                    self.handed.add(given)
                case ast.Assign(targets=[ast.Name(id=given)], value=value) if name is None:
                    name = given
                    if not self.asks(value):
                        return False
                case ast.Return(value=ast.expr() as value) if name is None:
                    return self.asks(value)
                case ast.If(test=ast.BoolOp()):
                    # what holds where it does not is not known of the row
                    return False
                case ast.If(test=test, body=then, orelse=[]) if name is not None:
                    if told(test, name) == "found" and _gives(then, name):
                        done = True
                    elif done or told(test, name) != "missing" or not self.leaves(then):
                        return False
                case ast.Raise() if done:
                    self.raises = True
                    return True
                case ast.Return(value=None | ast.Constant(value=None)) if done:
                    return True
                case ast.Return(value=ast.Name(id=given)) if given == name:
                    return True
                case _:
                    return False
        return done

    def leaves(self, block: list[ast.stmt]) -> bool:
        match block:
            case [ast.Return(value=None | ast.Constant(value=None))]:
                return True
            case [ast.Raise()]:
                self.raises = True
                return True
        return False

    def asks(self, value: ast.expr) -> bool:
        match value:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=held), attr="get"), args=[key], keywords=[]
            ) if (held in self.handed):
                self.held, self.key = held, key
                return True
        return False

    def template(self, key: ast.expr) -> str | None:
        """The key, with holes for what the caller gave; None where it is made in another way."""
        match key:
            case ast.Name(id=name) if (given := self.frame.argument(name)) is not None:
                if not self.frame.hands_on(name):
                    return None
                self.parts.append(given)
                return f"{{k{len(self.parts) - 1}}}"
            case ast.Attribute(value=inner, attr=name):
                owner = self.template(inner)
                return None if owner is None else f"{owner}.{name}"
            case ast.Tuple(elts=elements):
                parts = [self.template(element) for element in elements]
                given_all = [part for part in parts if part is not None]
                return f"({', '.join(given_all)})" if len(given_all) == len(parts) > 1 else None
        return None


def _gives(block: list[ast.stmt], name: str) -> bool:
    match block:
        case [ast.Return(value=ast.Name(id=given))]:
            return given == name
    return False
