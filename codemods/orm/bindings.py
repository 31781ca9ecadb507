"""Names and the values that statements bind to them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from codemods.facts import statements
from codemods.facts.nodes import children, walk
from codemods.facts.symbols import renamed
from codemods.orm import choices
from codemods.orm.events import Loop
from codemods.orm.values import (
    ANYTHING,
    DATA,
    Items,
    Plain,
    Tuple,
    Value,
    join,
    via,
)

if TYPE_CHECKING:
    from codemods.facts.values import ModuleFacts
    from codemods.orm.flow import Flow
    from codemods.orm.frames import Frame

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def element_of(items: Value, loop: Loop) -> Value:
    """One item of what a loop iterates over."""
    match items:
        case Items(element=element):
            return via(element, loop)
        case Tuple(elements=elements) if elements:
            result = elements[0]
            for other in elements[1:]:
                result = join(result, other)
            return via(choices.item_of(elements, result), loop)
        case Plain():
            return DATA
    return ANYTHING


def part_of(value: Value, position: int, count: int) -> Value:
    """The item at `position` of a value that is unpacked into `count` targets."""
    match value:
        case Tuple(elements=elements) if len(elements) == count:
            return elements[position]
        case Items(element=element):
            return element
        case Plain():
            return DATA
    return ANYTHING


def joined(first: dict[str, Value], second: dict[str, Value]) -> dict[str, Value]:
    """The names after two branches; one that only one of them binds may be unbound.

    An attribute that only one of them assigns is forgotten.
    """
    result = {}
    for name in first.keys() | second.keys():
        left, right = first.get(name), second.get(name)
        if "." in name and not (left and right):
            continue
        if left is right:
            result[name] = left or ANYTHING
        else:
            result[name] = join(left, right) if left and right else (left or right or ANYTHING)
    return result


@dataclass(frozen=True)
class Binding:
    """A name that has got a value; `old` is what it was before, None if it was unbound."""

    frame: Frame
    name: str
    old: Value | None
    new: Value
    walrus: bool = False


def perhaps(flow: Flow, first: int) -> None:
    """What `:=` has bound since the binding of this number may as well not have happened."""
    for binding in flow.bound[first:]:
        if binding.walrus and binding.frame is flow.frame:
            now = join(flow.env.get(binding.name, binding.new), binding.new)
            flow.env[binding.name] = join(binding.old, now) if binding.old else now


def left_early(flow: Flow, first: int, names: frozenset[str]) -> dict[str, Value]:
    """The names where a block may have been left after any of the bindings since this number."""
    env = dict(flow.env)
    for binding in flow.bound[first:]:
        if binding.frame is flow.frame and binding.name in names:
            now = join(env.get(binding.name, binding.new), binding.new)
            env[binding.name] = join(binding.old, now) if binding.old else now
    return env


def target_names(target: ast.AST) -> Iterator[str]:
    for node in walk(target):
        if isinstance(node, ast.Name):
            yield node.id


@lru_cache(maxsize=4096)
def assigned_names(node: ast.AST) -> frozenset[str]:
    """The names that a statement binds, without those of inner functions and comprehensions; those
    that a function binds in its body."""
    found: set[str] = set()
    stack: list[ast.AST] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store):
            found.add(item.id)
        if item is not node:
            found |= bound_otherwise(item)
        if isinstance(item, ast.comprehension):
            stack += [item.iter, *item.ifs]
        elif item is node or not isinstance(item, _SCOPES):
            stack.extend(children(item))
    return frozenset(found)


def bound_otherwise(node: ast.AST) -> set[str]:
    """The names that a pattern, a handler, an import or a definition binds."""
    match node:
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            return {name}
        case ast.MatchMapping(rest=str(name)) | ast.ExceptHandler(name=str(name)):
            return {name}
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {alias.asname or alias.name.partition(".")[0] for alias in names}
    return set()


def imported(module: ModuleFacts, node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """The names that an import inside a function binds, with their full names."""
    for name, target, _ in statements.imported(node, module.module, module.is_package):
        if name != "*":
            yield name, renamed(target, module.tops)


def rebound_outside(function: ast.FunctionDef | ast.AsyncFunctionDef) -> frozenset[str]:
    """The variables of functions around it that a function binds, by `nonlocal`."""
    return frozenset(
        n for node in walk(function) if isinstance(node, ast.Nonlocal) for n in node.names
    )


def extends(loop: ast.For | ast.AsyncFor, name: str) -> bool:
    """True if all that the loop assigns to a query in a variable is the query with more filters."""
    stores = [
        item
        for item in walk(loop)
        if isinstance(item, ast.Name) and item.id == name and isinstance(item.ctx, ast.Store)
    ]
    found = 0
    for item in walk(loop):
        match item:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
                    if value.func.attr not in _FILTERS:
                        return False
                    value = value.func.value
                found += isinstance(value, ast.Name) and value.id == name
    return found == len(stores)


_FILTERS = frozenset({"filter", "filter_by", "where", "order_by", "options", "limit", "offset"})


def assigned_values(node: ast.AST, name: str) -> list[ast.expr | None]:
    """What is assigned to a variable anywhere in a function, None for what is not one expression
    (a parameter, an unpacking, `+=`, a loop)."""
    found: list[ast.expr | None] = []
    plain: set[ast.AST] = set()
    for item in walk(node):
        match item:
            case ast.Assign(targets=[ast.Name(id=bound) as target], value=value) | ast.AnnAssign(
                target=ast.Name(id=bound) as target, value=value
            ) if (bound == name):
                plain.add(target)
                found += [value] if value is not None else []
            case ast.arg(arg=bound) if bound == name:
                found.append(None)
            case ast.Global(names=names) | ast.Nonlocal(names=names) if name in names:
                found.append(None)
            case ast.Name(id=bound) if bound == name and item not in plain:
                found += [] if isinstance(item.ctx, ast.Load) else [None]
    return found


def leaves(body: Iterable[ast.stmt], kind: type[ast.Break] | type[ast.Continue]) -> bool:
    """True if statements of a loop's body have a `break`, or a `continue`, of this loop."""
    return any(kind in _leaving(statement) for statement in body)


@lru_cache(maxsize=8192)
def _leaving(statement: ast.stmt) -> frozenset[type[ast.AST]]:
    """Whether a statement has a `break`, and a `continue`, of the loop that it stands in."""
    found: set[type[ast.AST]] = set()
    stack: list[ast.AST] = [statement]
    while stack:
        item = stack.pop()
        if isinstance(item, ast.Break | ast.Continue):
            found.add(type(item))
        if not isinstance(item, (*_SCOPES, ast.For, ast.AsyncFor, ast.While)):
            stack.extend(children(item))
    return frozenset(found)


def loaded(target: ast.expr) -> ast.expr:
    """An augmented target as it is read first, at the same place."""
    match target:
        case ast.Name(id=name):
            return ast.copy_location(ast.Name(name, ast.Load()), target)
        case ast.Attribute(value=value, attr=attr):
            return ast.copy_location(ast.Attribute(value, attr, ast.Load()), target)
        case ast.Subscript(value=value, slice=index):
            return ast.copy_location(ast.Subscript(value, index, ast.Load()), target)
    return target


def made_of(names: Iterable[str], tree: ast.AST) -> set[str]:
    """These variables, and all that statements of `tree` make them of."""
    found, size = set(names), -1
    while size != len(found):
        size = len(found)
        for node in walk(tree):
            match node:
                case ast.Assign(targets=targets, value=value):
                    pass
                case (
                    ast.AnnAssign(target=target, value=ast.expr() as value)
                    | ast.AugAssign(target=target, value=value)
                    | ast.NamedExpr(target=target, value=value)
                ):
                    targets = [target]
                case _:
                    continue
            bound = {n.id for each in targets for n in walk(each) if isinstance(n, ast.Name)}
            if bound & found:
                found |= {n.id for n in walk(value) if isinstance(n, ast.Name)}
    return found
