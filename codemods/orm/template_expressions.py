"""Expressions of a template as expressions of Python that read the same."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from codemods.orm import template_filters
from codemods.orm.template_draft import Draft, after, data, text, unconsumed
from codemods.orm.template_names import (
    Local,
    LoopName,
    MacroName,
    ModuleName,
    NamespaceName,
    Scope,
)

_OPERATORS: dict[str, type[ast.operator]] = {
    "Add": ast.Add, "Sub": ast.Sub, "Mul": ast.Mult, "Div": ast.Div,
    "FloorDiv": ast.FloorDiv, "Mod": ast.Mod, "Pow": ast.Pow,
}  # fmt: skip
_COMPARISONS: dict[str, type[ast.cmpop]] = {
    "eq": ast.Eq, "ne": ast.NotEq, "lt": ast.Lt, "lteq": ast.LtE, "gt": ast.Gt,
    "gteq": ast.GtE, "in": ast.In, "notin": ast.NotIn,
}  # fmt: skip
# Functions that a template has without being given them; what they return holds no rows.
_GLOBALS = frozenset({
    "url_for", "url_path_for", "static_path", "route_url", "route_path", "static_url", "gettext",
    "ngettext", "pgettext", "npgettext", "_", "get_flashed_messages", "csrf_token", "lipsum",
    "cycler", "joiner", "namespace", "super",
})  # fmt: skip
_LOOP_ROWS = ("previtem", "nextitem")


def expression(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    """What evaluating the jinja2 node reads, as Python."""
    handler = _HANDLERS.get(type(node).__name__)
    return handler(draft, node, scope) if handler else _other(draft, node, scope)


def _other(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    """Nodes of extensions: what is in them is evaluated."""
    from jinja2.nodes import Expr

    inner = [child for child in node.iter_child_nodes() if isinstance(child, Expr)]
    values = [expression(draft, child, scope) for child in inner]
    return after(values, draft.unknown(f"tag {type(node).__name__}"))


def _constant(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    value = node.value
    known = value is None or isinstance(value, str | int | float | complex | bool)
    return draft.at(ast.Constant(value), node) if known else data()


def _name(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    return draft.at(draft.value_of(scope, node.name), node, node.name)


def _getattr(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    return attribute(draft, node, node.node, node.attr, scope)


def attribute(draft: Draft, node: Any, owner: Any, name: str, scope: Scope) -> ast.expr:
    """`owner.name`, where the owner may be one of jinja2's own objects."""
    match scope.find(owner.name) if _is(owner, "Name") else None:
        case ModuleName() as module:
            return draft.at(_member(draft, module, name), node, name)
        case NamespaceName(attributes=attributes):
            found = attributes.get(name)
            return draft.at(found.load(), node, name) if found else ast.Constant(None)
        case LoopName():
            return draft.unknown(f"loop.{name}") if name in _LOOP_ROWS else data()
        case Local(content="group") if name in ("grouper", "list"):
            return item(draft, node, expression(draft, owner, scope), int(name == "list"))
        case Local(content="dict"):
            return item(draft, node, expression(draft, owner, scope), name)
    value = expression(draft, owner, scope)
    return _on_item(draft, owner, value, lambda row: step(draft, row, name, node), scope)


def _on_item(
    draft: Draft, owner: Any, value: ast.expr, read: Callable[[ast.expr], ast.expr], scope: Scope
) -> ast.expr:
    """A read on `value`: only some iterations make it on `loop.previtem` and `loop.nextitem`."""
    if value in draft.guarded and isinstance(value, ast.IfExp):
        test, row = value.test, value.body
    elif isinstance(value, ast.Name) and (found := _neighbour(owner, scope)):
        test, row = value, expression(draft, found.target, scope)
    else:
        return read(value)
    made = ast.IfExp(test, read(row), ast.Constant(None))
    draft.guarded.add(made)
    return made


def _neighbour(node: Any, scope: Scope) -> LoopName | None:
    """The loop of `loop.previtem` and `loop.nextitem`."""
    if not (_is(node, "Getattr") and node.attr in _LOOP_ROWS and _is(node.node, "Name")):
        return None
    found = scope.find(node.node.name)
    return found if isinstance(found, LoopName) else None


def item(draft: Draft, node: Any, value: ast.expr, key: str | int) -> ast.expr:
    """`value[key]`, as the template wrote it at `node`."""
    made = ast.Subscript(value, ast.Constant(key), ast.Load())
    draft.made += 1
    draft.places[made] = draft.place(node, key if isinstance(key, str) else None, member=True)
    return made


def _member(draft: Draft, module: ModuleName, name: str) -> ast.expr:
    match module.scope.names.get(name) if module.scope else None:
        case Local() as local:
            return local.load()
        case MacroName(function=function):
            return function.load()
    return draft.unknown(f"{name} of {module.template}")


def step(draft: Draft, value: ast.expr, key: str | int, node: Any) -> ast.expr:
    """`value.key` or `value[0]`, as the template wrote it at `node`."""
    if isinstance(key, int):
        return item(draft, node, value, key)
    made = ast.Attribute(value, key, ast.Load())
    draft.made += 1
    draft.places[made] = draft.place(node, key, member=True)
    return made


def _getitem(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    argument = node.arg
    name = argument.value if _is(argument, "Const") else None
    if isinstance(name, str) and _is(node.node, "Name"):
        found = scope.find(node.node.name)
        if isinstance(found, ModuleName | NamespaceName | LoopName):
            return attribute(draft, argument, node.node, name, scope)
    value = expression(draft, node.node, scope)
    if isinstance(name, str):
        return _on_item(
            draft, node.node, value, lambda row: item(draft, argument, row, name), scope
        )
    if _is(argument, "Slice"):
        parts = (argument.start, argument.stop, argument.step)
        key: ast.expr = ast.Slice(*(part and expression(draft, part, scope) for part in parts))
    else:
        key = expression(draft, argument, scope)
    return draft.at(ast.Subscript(value, key, ast.Load()), node)


def _and_or(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    operator: ast.boolop = ast.And() if _is(node, "And") else ast.Or()
    values = [expression(draft, part, scope) for part in (node.left, node.right)]
    return draft.at(ast.BoolOp(operator, values), node)


def _not(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    operand = expression(draft, node.node, scope)
    match operand:
        case ast.Compare(ops=[ast.Is()]):
            operand.ops = [ast.IsNot()]
            return operand
    return ast.UnaryOp(ast.Not(), unconsumed(operand))


def _sign(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    operand = expression(draft, node.node, scope)
    negative = _is(node, "Neg")
    match operand:
        case ast.Constant(value=int() | float() as value) if negative:
            return ast.Constant(-value)
    return ast.UnaryOp(ast.USub() if negative else ast.UAdd(), operand)


def _binary(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    left, right = (expression(draft, part, scope) for part in (node.left, node.right))
    return draft.at(ast.BinOp(left, _OPERATORS[type(node).__name__](), right), node)


def _compare(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    left = expression(draft, node.expr, scope)
    ops = [_COMPARISONS[operand.op]() for operand in node.ops]
    return draft.at(
        ast.Compare(left, ops, [expression(draft, part.expr, scope) for part in node.ops]), node
    )


def _concat(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    parts = [expression(draft, part, scope) for part in node.nodes]
    return draft.at(ast.JoinedStr([ast.FormattedValue(part, -1, None) for part in parts]), node)


def _conditional(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    test = unconsumed(expression(draft, node.test, scope))
    first = expression(draft, node.expr1, scope)
    second = ast.Constant(None) if node.expr2 is None else expression(draft, node.expr2, scope)
    return draft.at(ast.IfExp(test, first, second), node)


def _sequence(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    items = [expression(draft, item, scope) for item in node.items]
    kind = ast.List if _is(node, "List") else ast.Tuple
    return draft.at(kind(items, ast.Load()), node)


def _dict(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    pairs = [
        (expression(draft, p.key, scope), expression(draft, p.value, scope)) for p in node.items
    ]
    keys: list[ast.expr | None] = [key for key, _ in pairs]
    return draft.at(ast.Dict(keys, [value for _, value in pairs]), node)


def _safe(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    return text(expression(draft, node.expr, scope))


def _filter(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    value = data() if node.node is None else expression(draft, node.node, scope)
    return template_filters.filtered(draft, node, value, scope)


def _test(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    value = expression(draft, node.node, scope)
    return template_filters.tested(draft, node.name, value, node.args, node, scope)


# Calls -----------------------------------------------------------------------------------------


def arguments(
    draft: Draft, node: Any, scope: Scope
) -> tuple[list[ast.expr], list[tuple[str | None, ast.expr]]]:
    """What a call, filter or test is given."""
    values = [expression(draft, item, scope) for item in node.args]
    if node.dyn_args is not None:
        values.append(ast.Starred(expression(draft, node.dyn_args, scope), ast.Load()))
    named = [(item.key, expression(draft, item.value, scope)) for item in node.kwargs]
    if node.dyn_kwargs is not None:
        named.append((None, expression(draft, node.dyn_kwargs, scope)))
    return values, named


def _call(draft: Draft, node: Any, scope: Scope) -> ast.expr:
    values, named = arguments(draft, node, scope)
    return called(draft, node, values, named, scope)


def called(
    draft: Draft,
    node: Any,
    values: list[ast.expr],
    named: Iterable[tuple[str | None, ast.expr]],
    scope: Scope,
) -> ast.expr:
    """A call whose arguments are at hand."""
    callee = node.node
    given = list(named)
    if _is(callee, "Name"):
        match scope.find(callee.name):
            case MacroName() as macro:
                return _shown(draft, _macro_call(macro, values, given), node, callee.name)
            case LoopName(function=Local() as again):
                return _shown(draft, ast.Call(again.load(), values, []), node, "loop")
            case Local(name="caller") as caller:
                return _shown(draft, ast.Call(caller.load(), values, []), node, "caller")
            case None if callee.name not in draft.given:
                made = _global_call(draft, callee.name, values, given)
                if made is not None:
                    return draft.at(made, node, callee.name)
    elif _is(callee, "Getattr") and _is(callee.node, "Name"):
        match scope.find(callee.node.name):
            case LoopName():
                return data([*values, *(value for _, value in given)])
            case ModuleName(scope=Scope() as inside):
                found = inside.names.get(callee.attr)
                if isinstance(found, MacroName):
                    return _shown(draft, _macro_call(found, values, given), node, callee.attr)
            case None if callee.node.name == "self":
                return data()
    function = expression(draft, callee, scope)
    keywords = [ast.keyword(name, value) for name, value in given]
    place = getattr(callee, "name", None) or getattr(callee, "attr", None)
    return draft.at(ast.Call(function, values, keywords), node, place)


def _shown(draft: Draft, made: ast.expr, node: Any, name: str) -> ast.expr:
    """What a macro gives is text already."""
    draft.texts.add(made)
    return draft.at(made, node, name)


def _macro_call(
    macro: MacroName, values: list[ast.expr], named: Iterable[tuple[str | None, ast.expr]]
) -> ast.expr:
    """A call by position as far as can be; who reads the function need not know names."""
    by_name = {name: value for name, value in named if name is not None}
    rest = [value for name, value in named if name is None]
    positional = list(values)
    if not any(isinstance(value, ast.Starred) for value in values):
        for name in list(macro.parameters)[len(values) :]:
            if not by_name.keys() & macro.parameters.keys():
                break
            default = ast.Constant(macro.defaults.get(name))
            positional.append(by_name.pop(name, default))
    keywords = [ast.keyword(None, value) for value in rest]
    for name, value in by_name.items():
        keyword = ast.keyword(name, value)
        if parameter := macro.parameters.get(name):
            parameter.named(keyword, "arg")
        elif "kwargs" not in macro.collected:
            # More than the macro takes is a mistake in the template, which may never be called.
            continue
        keywords.append(keyword)
    return ast.Call(macro.function.load(), positional, keywords)


def _global_call(
    draft: Draft, name: str, values: list[ast.expr], named: list[tuple[str | None, ast.expr]]
) -> ast.expr | None:
    """A call of one of the functions that every template has, None for any other."""
    if name == "range":
        return ast.Call(draft.builtin("range"), values, [])
    if name == "dict" and not values:
        keys: list[ast.expr | None] = [ast.Constant(key) if key else None for key, _ in named]
        return ast.Dict(keys, [value for _, value in named])
    if name not in _GLOBALS:
        return None
    return data([text(_unstarred(value)) for value in (*values, *(value for _, value in named))])


def _unstarred(value: ast.expr) -> ast.expr:
    return value.value if isinstance(value, ast.Starred) else value


def content_of(node: Any, scope: Scope) -> str | None:
    """Whether a node gives the groups of `groupby`."""
    if _is(node, "Filter"):
        if node.name == "groupby":
            return "groups"
        return content_of(node.node, scope) if node.name in ("list", "sort", "reverse") else None
    found = scope.find(node.name) if _is(node, "Name") else None
    return found.content if isinstance(found, Local) else None


def unconditional(node: Any) -> Iterator[Any]:
    """A node and those below it that are evaluated whenever it is."""
    stack = [node]
    while stack:
        item = stack.pop()
        yield item
        if type(item).__name__ not in ("And", "Or", "CondExpr"):
            stack.extend(reversed(list(item.iter_child_nodes())))


def _is(node: Any, kind: str) -> bool:
    return type(node).__name__ == kind


_Handler = Callable[[Draft, Any, Scope], ast.expr]
_HANDLERS: dict[str, _Handler] = {
    "Const": _constant, "TemplateData": lambda draft, node, scope: data(), "Name": _name,
    "Getattr": _getattr, "Getitem": _getitem, "And": _and_or, "Or": _and_or, "Not": _not,
    "Neg": _sign, "Pos": _sign, "Compare": _compare, "Concat": _concat,
    "CondExpr": _conditional, "List": _sequence, "Tuple": _sequence, "Dict": _dict,
    "MarkSafe": _safe, "MarkSafeIfAutoescape": _safe, "Filter": _filter, "Test": _test,
    "Call": _call, **dict.fromkeys(_OPERATORS, _binary),
}  # fmt: skip
