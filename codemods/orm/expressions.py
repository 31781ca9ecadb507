"""What an expression evaluates to, and what its evaluation does."""

from __future__ import annotations

import ast
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from codemods.facts.symbols import dotted_name
from codemods.orm import (
    attributes,
    bindings,
    calls,
    choices,
    conditions,
    containers,
    functions,
    held_functions,
    laziness,
    objects,
    protocols,
    sql,
    subscripts,
)
from codemods.orm.events import Act
from codemods.orm.query import Query
from codemods.orm.values import (
    ANYTHING,
    DATA,
    NONE,
    Cell,
    ContainerKind,
    Function,
    Items,
    Nothing,
    Plain,
    Tuple,
    Unknown,
    Value,
    is_none,
    join,
    kind_of,
    partly,
)

if TYPE_CHECKING:
    from codemods.orm.flow import Flow

_KINDS: dict[type[ast.expr], ContainerKind] = {ast.ListComp: "list", ast.SetComp: "set"}
Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp


def _constant(flow: Flow, node: ast.Constant) -> Value:
    value = node.value
    if value is None:
        return Plain(None, True, None)
    return Plain(type(value).__name__, False, value)


def _name(flow: Flow, node: ast.Name) -> Value:
    return flow.lookup(node.id)


def _attribute(flow: Flow, node: ast.Attribute) -> Value:
    dotted = dotted_name(node)
    if dotted is not None and dotted in flow.env:
        return flow.env[dotted]
    return attributes.attribute(flow, node, flow.ev(node.value), node.attr)


def added(old: Value, value: Value) -> Value:
    """`old += value`, or `old + value`."""
    match old, value:
        case Items(), Items():
            return replace(old, element=join(old.element, value.element), run=None)
        case (Plain() | Cell()), (Plain() | Cell()):
            left, right = kind_of(old), kind_of(value)
            if left == right:
                return Plain(left, False)
            if {left, right} == {"int", "Decimal"}:
                return Plain("Decimal", False)
            return Plain("float", False) if "float" in (left, right) else Plain(None, False)
        case Query(), _:
            return ANYTHING
    return Unknown(plain=not (old.tainted or value.tainted))


def _bool(flow: Flow, node: ast.BoolOp) -> Value:
    result = flow.ev(node.values[0])
    first = len(flow.bound)
    for number, item in enumerate(node.values[1:], 1):
        protocols.tested(flow, node.values[number - 1], result)
        if isinstance(node.op, ast.Or) and objects.is_class(flow, result):
            break
        with flow.under(node, number, node.values[number - 1]):
            value = flow.ev(item)
            result = (
                value if isinstance(node.op, ast.Or) and is_none(result) else join(result, value)
            )
    bindings.perhaps(flow, first)
    return result


def _conditional(flow: Flow, node: ast.IfExp) -> Value:
    protocols.truth(flow, node.test)
    before, first = dict(flow.env), len(flow.bound)
    conditions.narrow(flow, node.test, True)
    with flow.under(node, 0, node.test):
        body = flow.ev(node.body)
    flow.env = dict(before)
    conditions.narrow(flow, node.test, False)
    with flow.under(node, 1, node.test):
        orelse = flow.ev(node.orelse)
    flow.env = before
    bindings.perhaps(flow, first)
    return join(body, orelse)


def _binary(flow: Flow, node: ast.BinOp) -> Value:
    left, right = flow.ev(node.left), flow.ev(node.right)
    protocols.calculated(flow, node, left, right)
    if sql.is_sql(left) or sql.is_sql(right):
        return sql.combined(node, left, right)
    if (moment := _moved(node.op, kind_of(left), kind_of(right))) is not None:
        return Plain(moment, False)
    if isinstance(node.op, ast.Add):
        return added(left, right)
    if isinstance(node.op, ast.Mod) and kind_of(left) == "str":
        functions.stringified(flow, node, (right,))
        return Plain("str", False)
    plain = not (left.tainted or right.tainted)
    return (
        added(left, right) if plain and isinstance(node.op, ast.Mult | ast.Sub) else Unknown(plain)
    )


def _moved(operator: ast.operator, left: str | None, right: str | None) -> str | None:
    """What a date and a span of time make together, and two dates."""
    match operator, left, right:
        case (ast.Add() | ast.Sub()), ("date" | "datetime"), "timedelta":
            return left
        case ast.Add(), "timedelta", ("date" | "datetime"):
            return right
        case ast.Sub(), ("date" | "datetime"), _ if left == right:
            return "timedelta"
    return None


def _unary(flow: Flow, node: ast.UnaryOp) -> Value:
    operand = flow.ev(node.operand)
    if sql.is_sql(operand):
        return sql.negated(node, operand)
    protocols.tested(flow, node.operand, operand)
    if isinstance(node.op, ast.Not):
        return Plain("bool", False)
    match operand:
        case Plain(constant=int() | float() as number) if isinstance(node.op, ast.USub):
            return Plain(operand.kind, operand.optional, -number)
        case Plain():
            return Plain(operand.kind, operand.optional)
    return DATA


def _compare(flow: Flow, node: ast.Compare) -> Value:
    values = [flow.ev(node.left)]
    for number, comparator in enumerate(node.comparators):
        if number:
            with flow.under(node, number, None):
                values.append(flow.ev(comparator))
        else:
            values.append(flow.ev(comparator))
    if any(sql.is_sql(value) for value in values):
        return sql.compared(flow, node, values)
    protocols.compared(flow, node, values)
    return Plain("bool", False)


def _sequence(flow: Flow, node: ast.List | ast.Set | ast.Tuple) -> Value:
    evaluated = partial(protocols.key, flow) if isinstance(node, ast.Set) else flow.ev
    values = [evaluated(item) for item in node.elts]
    if isinstance(node, ast.Tuple) and not any(isinstance(e, ast.Starred) for e in node.elts):
        return Tuple(tuple(values))
    element: Value = Nothing()
    for value in values:
        element = value if isinstance(element, Nothing) else join(element, value)
    limit = None if any(isinstance(e, ast.Starred) for e in node.elts) else len(values)
    if limit is not None:
        element = choices.item_of(values, element)
    return Items(element, "set" if isinstance(node, ast.Set) else "list", limit=limit)


def _dict(flow: Flow, node: ast.Dict) -> Value:
    key: Value = Nothing()
    mapped: Value = Nothing()
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        if key_node is None:
            inner = flow.ev(value_node)
            if isinstance(inner, Items):
                key, mapped = join(key, inner.element), join(mapped, inner.mapped or ANYTHING)
            else:
                key, mapped = ANYTHING, ANYTHING
            continue
        new_key, new_value = protocols.key(flow, key_node), flow.ev(value_node)
        flow.keywords[value_node] = new_value
        key = new_key if isinstance(key, Nothing) else join(key, new_key)
        mapped = new_value if isinstance(mapped, Nothing) else join(mapped, new_value)
    named = tuple(
        (item.value, flow.keywords[value])
        for item, value in zip(node.keys, node.values, strict=True)
        if isinstance(item, ast.Constant) and isinstance(item.value, str)
    )
    complete = len(dict(named)) == len(node.keys)
    if None not in node.keys:
        mapped = held_functions.one_of(flow, [flow.keywords[v] for v in node.values]) or mapped
    return Items(key, "dict", mapped, limit=len(node.keys), named=named if complete else ())


def _starred(flow: Flow, node: ast.Starred) -> Value:
    match containers.iterated(flow, node.value):
        case Items(element=element):
            return element
    return ANYTHING


def _subscript(flow: Flow, node: ast.Subscript) -> Value:
    return subscripts.subscript(flow, node)


def join_all(values: tuple[Value, ...]) -> Value:
    if not values:
        return Nothing()
    result = values[0]
    for value in values[1:]:
        result = join(result, value)
    return result


def _slice(flow: Flow, node: ast.Slice) -> Value:
    for part in (node.lower, node.upper, node.step):
        if part:
            flow.ev(part)
    return DATA


def _formatted(flow: Flow, node: ast.JoinedStr) -> Value:
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            functions.stringified(flow, part.value, (flow.ev(part.value),))
            if part.format_spec:
                flow.ev(part.format_spec)
    return Plain("str", False)


def _await(flow: Flow, node: ast.Await) -> Value:
    before, flow.awaiting = flow.awaiting, node.value
    value = flow.ev(node.value)
    flow.awaiting = before
    calls.awaited(flow, node)
    return value


def _yield(flow: Flow, node: ast.Yield | ast.YieldFrom) -> Value:
    if isinstance(node, ast.YieldFrom):
        with laziness.one_by_one(flow, node.value, None) as source:
            items = containers.iterated(flow, node.value)
            source.known()
        value = items.element if isinstance(items, Items) else ANYTHING
    else:
        value = flow.ev(node.value) if node.value else NONE
    frame = flow.frame
    frame.yielded.append(value)
    if frame.on_yield is not None:
        frame.on_yield(value)
    else:
        flow.effect(Act.YIELD, node)
    return ANYTHING


def _walrus(flow: Flow, node: ast.NamedExpr) -> Value:
    value = flow.ev(node.value)
    flow.assign(node.target, value, node.value)
    flow.bound[-1] = replace(flow.bound[-1], walrus=True)
    return value


def _lambda(flow: Flow, node: ast.Lambda) -> Value:
    def call(arguments: tuple[Value, ...]) -> Value:
        if flow.lambdas > 3:
            return ANYTHING
        before = dict(flow.env)
        flow.lambdas += 1
        names_ = [item.arg for item in (*node.args.posonlyargs, *node.args.args)]
        flow.env.update(dict.fromkeys(names_, ANYTHING))
        flow.env.update(zip(names_, arguments, strict=False))
        result = flow.ev(node.body)
        flow.env = before
        flow.lambdas -= 1
        return result

    return Function(node, call)


def comprehension(flow: Flow, node: Comprehension, consumer: str | None = None) -> Value:
    """A comprehension; `consumer` is the function that a generator expression is handed to."""
    before, first = dict(flow.env), len(flow.bound)
    clauses = ExitStack()
    limit = None
    for number, generator in enumerate(node.generators):
        later = isinstance(node, ast.GeneratorExp) and consumer is None
        iterable = containers.gone_over(flow, generator.iter)
        lazily = laziness.one_by_one(flow, iterable, None if later else (node,))
        source = clauses.enter_context(lazily)
        items = containers.iterated(flow, iterable)
        source.known()
        if not number and isinstance(items, Items) and not generator.ifs:
            limit = items.limit if len(node.generators) == 1 else None
        loop = clauses.enter_context(flow.looping(generator, node, iterable, items))
        loop.consumer = consumer
        loop.deferred = later
        flow.assign(generator.target, loop.element, None)
        loop.names = frozenset(bindings.target_names(generator.target))
        for test in generator.ifs:
            protocols.truth(flow, test)
            conditions.narrow(flow, test, True)
            clauses.enter_context(flow.under(generator, 0, test))
    if isinstance(node, ast.DictComp):
        result = Items(flow.ev(node.key), "dict", flow.ev(node.value), limit=limit)
    else:
        element = flow.ev(node.elt)
        result = Items(element, _KINDS.get(type(node), "iterator"), limit=limit)
    clauses.close()
    flow.env = before
    bindings.perhaps(flow, first)
    return partly(result) if any(generator.ifs for generator in node.generators) else result


# The value of an expression of each class; its effects are recorded in the flow.
HANDLERS: dict[type[ast.expr], Callable[[Flow, Any], Value]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Call: lambda flow, node: calls.call(flow, node),
    ast.BoolOp: _bool,
    ast.IfExp: _conditional,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.List: _sequence,
    ast.Set: _sequence,
    ast.Tuple: _sequence,
    ast.Dict: _dict,
    ast.Starred: _starred,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.JoinedStr: _formatted,
    ast.Await: _await,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
    ast.NamedExpr: _walrus,
    ast.Lambda: _lambda,
    ast.ListComp: comprehension,
    ast.SetComp: comprehension,
    ast.GeneratorExp: comprehension,
    ast.DictComp: comprehension,
}
