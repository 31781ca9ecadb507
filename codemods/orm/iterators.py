"""What a query goes over: a list can be gone over again, an iterator is used up by the first."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING

from codemods.facts import symbols
from codemods.facts.nodes import parameters, walk
from codemods.facts.symbols import dotted_name
from codemods.orm.bindings import assigned_names, assigned_values
from codemods.orm.headers import is_constant
from codemods.orm.preconditions import unknown
from codemods.orm.query import Query
from codemods.orm.values import Items, ModelClass, Row, Session, Symbol, Tuple, Value

if TYPE_CHECKING:
    from codemods.finding import Precondition
    from codemods.orm.events import Loop, Run
    from codemods.orm.scope import Scope

_LISTED = frozenset({"in_", "not_in", "notin_"})
# Builtins that go over what they are given, and give something new each time.
_GOING_OVER = frozenset({
    "list", "tuple", "set", "frozenset", "dict", "sorted", "reversed", "enumerate", "zip", "map",
    "filter", "sum", "min", "max", "any", "all", "iter",
})  # fmt: skip
_ONE_BY_ONE = frozenset({"reversed", "enumerate", "zip", "iter"})
# Methods that do, or give a view of what they are called on.
_MAKING = frozenset({
    "keys", "values", "items", "split", "rsplit", "splitlines", "copy", "union", "intersection",
    "difference", "symmetric_difference",
})  # fmt: skip
_COMPUTING = (ast.Call, ast.Subscript, ast.BinOp, ast.Await, ast.FormattedValue)
_DISPLAYS = (
    ast.Constant, ast.JoinedStr, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp, ast.SetComp,
    ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


def may_fail(scope: Scope, node: ast.expr, seen: frozenset[str] = frozenset()) -> bool:
    """True if an expression gives its items one by one, and may raise before it has given all.

    Args:
        seen: variables that are being looked at.
    """
    match node:
        case ast.GeneratorExp(elt=item, generators=clauses):
            made = [item, *(test for clause in clauses for test in clause.ifs)]
            computed = any(isinstance(part, _COMPUTING) for each in made for part in walk(each))
            return computed or any(may_fail(scope, clause.iter, seen) for clause in clauses)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=keywords):
            if name in _ONE_BY_ONE:
                strict = any(keyword.arg == "strict" for keyword in keywords)
                return strict or any(may_fail(scope, each, seen) for each in arguments)
            return name not in _GOING_OVER - {"map", "filter"} | {"range"}
        case ast.Call(func=ast.Attribute(attr=name)):
            return name not in _MAKING
        case ast.Name(id=name) if name not in seen:
            values = assigned_values(scope.node, name)
            return any(value and may_fail(scope, value, seen | {name}) for value in values)
    return False


def given_by_caller(scope: Scope, node: ast.expr) -> str | None:
    """The parameter that an expression gives the items of, one by one; its caller may pass a
    generator that raises."""
    known = {each.arg for each in parameters(scope.node)}
    given = (each for each in sources(node, _ONE_BY_ONE) if not _lasts(scope, each))
    return next((name for each in given for name in _named(scope, each) if name in known), None)


def _named(scope: Scope, node: ast.Name) -> Iterator[str]:
    """A variable, and those that it takes its items from one by one."""
    seen: set[str] = set()
    waiting = [node.id]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            yield name
            for value in assigned_values(scope.node, name):
                if value is not None and not _lasts(scope, value):
                    waiting += [each.id for each in sources(value, _ONE_BY_ONE)]


def taken_inside(scope: Scope, loop: Loop) -> str | None:
    """A variable whose items a loop goes over, and which it also uses itself, as in `next(lines)`;
    None where that makes no difference, because the variable holds a list."""
    shared = {each.id for each in sources(loop.iterable) if not _lasts(scope, each)}
    header = set(walk(loop.iterable))
    for node in walk(loop.owner) if shared else ():
        if isinstance(node, ast.Name) and node.id in shared and node not in header:
            return node.id
    return None


def sources(node: ast.expr, through: Set[str] = _GOING_OVER) -> Iterator[ast.Name]:
    """The variables that an expression takes its items from.

    Args:
        through: the functions that take them from what they are given.
    """
    parts: Sequence[ast.expr] = ()
    match node:
        case ast.Name():
            yield node
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in through:
            parts = arguments
        case ast.GeneratorExp(generators=clauses):
            parts = [clauses[0].iter]
        case ast.BoolOp(values=values):
            parts = values
        case ast.IfExp(body=body, orelse=orelse):
            parts = [body, orelse]
    for part in parts:
        yield from sources(part, through)


def used_up(
    scope: Scope, nodes: Iterable[ast.AST], run: Run, name: str = "query-invariant"
) -> Precondition | None:
    """The doubt that a query asks for the same once more if it goes over what may be an iterator:
    such a thing gives its items to the first query only.

    Args:
        nodes: the query with all that is in it.
        name: the precondition's.
    """
    gone = next(
        (e for e in _gone_over(nodes) if not (_lasts(scope, e) or _is_rest(scope, e))), None
    )
    if gone is None:
        return None
    reason = f"if {ast.unparse(gone)} is an iterator, the first query uses it up"
    return unknown(scope, name, reason, run)


def _is_rest(scope: Scope, node: ast.expr) -> bool:
    """True for `args` in a function that takes `*args`, which is a tuple."""
    for frame in scope.flow.frames if isinstance(node, ast.Name) else ():
        function = frame.code.node
        rest = None if isinstance(function, ast.Module) else function.args.vararg
        if rest is None or not any(node is each for each in walk(function)):
            continue
        own = isinstance(node, ast.Name) and rest.arg == node.id
        return own and rest.arg not in assigned_names(function)
    return False


def _gone_over(nodes: Iterable[ast.AST]) -> Iterator[ast.expr]:
    for node in nodes:
        match node:
            case ast.comprehension(iter=iterable):
                yield iterable
            case ast.Starred(value=iterable):
                yield iterable
            case ast.Call(func=ast.Attribute(attr=name), args=[iterable]) if name in _LISTED:
                yield iterable
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in _GOING_OVER:
                yield from arguments


def _lasts(scope: Scope, node: ast.expr) -> bool:
    """True for what is known to give its items each time that it is evaluated."""
    match node:
        case ast.BoolOp(values=values):
            return all(_lasts(scope, value) for value in values)
        case ast.IfExp(body=body, orelse=orelse):
            return _lasts(scope, body) and _lasts(scope, orelse)
        case ast.BinOp(left=left, right=right):
            # iterators have no operators
            return _lasts(scope, left) or _lasts(scope, right)
        case ast.Call():
            return _makes(scope, node)
        case ast.Subscript(value=owner, slice=ast.Slice()):
            # nor can they be sliced
            return isinstance(owner, ast.Name | ast.Attribute)
        case ast.Subscript(value=owner):
            held = scope.flow.lookup(dotted_name(owner) or "")
            return isinstance(held, Items) and held.mapped is not None and repeats(held.mapped)
        case ast.Name() | ast.Attribute():
            return is_constant(scope, node) or _is_bound_to_it(scope, node)
    return isinstance(node, _DISPLAYS)


def _makes(scope: Scope, node: ast.Call) -> bool:
    """True for a call that gives a new thing, or a query."""
    match node.func:
        case ast.Name(id=name) if name in _GOING_OVER | {"range", "str"}:
            value = scope.flow.lookup(name)
            return isinstance(value, Symbol) and value.full_name == f"builtins.{name}"
        case ast.Attribute(attr=name) if name in _MAKING:
            return True
    root: ast.expr = node
    while isinstance(root, ast.Call | ast.Attribute):
        root = root.func if isinstance(root, ast.Call) else root.value
        match scope.flow.lookup(dotted_name(root) or ""):
            case Session() | Query() | ModelClass():
                return True
            case Symbol(full_name=full_name):
                return full_name.startswith(("sqlalchemy.", "sqlmodel."))
    return False


def _is_bound_to_it(scope: Scope, node: ast.Name | ast.Attribute) -> bool:
    if isinstance(node, ast.Name):
        stores = [
            item
            for item in walk(scope.node)
            if isinstance(item, ast.Name) and item.id == node.id and isinstance(item.ctx, ast.Store)
        ]
        if len(stores) > 1:
            return False
        if stores and all(_is_held(each) for each in assigned_values(scope.node, node.id)):
            return True
    elif isinstance(row := scope.flow.lookup(dotted_name(node.value) or ""), Row):
        return node.attr in row.model.relationships or node.attr in row.model.columns
    value = scope.flow.lookup(dotted_name(node) or "")
    if not isinstance(value, Symbol):
        return repeats(value)
    held = scope.index.value(value.full_name)
    literal = symbols.Items | symbols.Pairs | symbols.Constant
    return scope.index.is_enum(value.full_name) or (
        held is not None and isinstance(held.value, literal)
    )


def _is_held(assigned: ast.expr | None) -> bool:
    """True for a list or its like that is written where a variable gets it."""
    return isinstance(assigned, _DISPLAYS) and not isinstance(assigned, ast.GeneratorExp)


def repeats(value: Value) -> bool:
    """True for what gives its items each time that something goes over it."""
    return isinstance(value, Tuple | Query) or (isinstance(value, Items) and value.repeatable)
