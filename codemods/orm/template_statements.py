"""Statements of a template as statements of Python that read the same."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from codemods.facts.templates import walk
from codemods.orm import template_pages
from codemods.orm.template_draft import Draft, text, unconsumed
from codemods.orm.template_expressions import (
    arguments,
    called,
    content_of,
    expression,
    unconditional,
)
from codemods.orm.template_names import (
    Local,
    LoopName,
    MacroName,
    NamespaceName,
    Scope,
)


def statements(draft: Draft, nodes: Iterable[Any], scope: Scope) -> list[ast.stmt]:
    """What running the jinja2 nodes reads, as Python."""
    made: list[ast.stmt] = []
    body = list(nodes)
    announce(draft, body, scope)
    for node in body:
        handler = _HANDLERS.get(type(node).__name__)
        if handler is not None:
            made.extend(handler(draft, node, scope))
    return made


def announce(draft: Draft, nodes: Iterable[Any], scope: Scope) -> None:
    """Bind the macros of a body, which may call each other whatever their order."""
    for node in nodes:
        if type(node).__name__ == "Macro" and (node, scope) not in draft.macros:
            draft.macros[node, scope] = macro = _named_macro(draft, node, scope)
            scope.names[node.name] = macro


def framed(draft: Draft, nodes: Iterable[Any], scope: Scope) -> list[ast.stmt]:
    """The body of something that has the scope for itself."""
    made = statements(draft, nodes, scope)
    return [*scope.prelude, *made]


def _evaluated(draft: Draft, node: Any, scope: Scope) -> tuple[list[ast.stmt], ast.expr]:
    """An expression, after the blocks that `super()` and `self.name()` in it stand for."""
    before: list[ast.stmt] = []
    for part in unconditional(node):
        before.extend(template_pages.block_called(draft, part, scope))
    return before, expression(draft, node, scope)


def _simple(draft: Draft, node: Any, value: ast.expr) -> ast.stmt:
    return draft.line(ast.Expr(value), node)


def _output(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    made: list[ast.stmt] = []
    for part in () if draft.muted else node.nodes:
        if type(part).__name__ in ("TemplateData", "Const"):
            continue
        before, value = _evaluated(draft, part, scope)
        made.extend(before)
        if isinstance(value, ast.JoinedStr) and not value.values:
            continue
        if value not in draft.texts and not isinstance(value, ast.JoinedStr):
            value = draft.at(text(value), part)
        made.append(_simple(draft, part, value))
    return made


def _for(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    before, iterable = _evaluated(draft, node.iter, scope)
    if not node.recursive:
        loop = _loop(draft, node, iterable, scope.child(), None)
        return [*before, loop, *_without_items(draft, node, scope)]
    function, rows = draft.temporary("loop"), draft.temporary("items")
    body: list[ast.stmt] = []
    with draft.function(body):
        body.append(_loop(draft, node, rows.load(), scope.child(deeper=True), function))
    made = _function(function, [_parameter(rows)], [], body)
    call = ast.Call(function.load(), [iterable], [])
    return [
        *before,
        draft.line(made, node),
        _simple(draft, node, draft.at(call, node)),
        *_without_items(draft, node, scope),
    ]


def _loop(
    draft: Draft, node: Any, iterable: ast.expr, inner: Scope, function: Local | None
) -> ast.stmt:
    content = "group" if content_of(node.iter, inner) == "groups" else None
    target = _target(draft, node.target, inner, content)
    tests = [] if node.test is None else [expression(draft, node.test, inner)]
    inner.names["loop"] = LoopName(node.target, function)
    body = framed(draft, node.body, inner) or [ast.Pass()]
    for test in tests:
        body = [draft.line(ast.If(test, body, []), node)]
    return draft.line(ast.For(target, iterable, body, []), node)


def _without_items(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    """`{% else %}` of a loop."""
    if not node.else_:
        return []
    body = framed(draft, node.else_, scope.child())
    return [draft.line(ast.If(draft.unknown("no items"), body or [ast.Pass()], []), node)]


def _target(draft: Draft, node: Any, scope: Scope, content: str | None = None) -> ast.expr:
    """Names that are bound anew in this scope."""
    if type(node).__name__ == "Tuple":
        parts = [_target(draft, item, scope) for item in node.items]
        return draft.at(ast.Tuple(parts, ast.Store()), node)
    local = draft.bind(scope, node.name)
    local.content = content
    return draft.at(local.store(), node, node.name)


def _if(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    before, test = _evaluated(draft, node.test, scope)
    test = unconsumed(test)
    scope.conditional += 1
    body = statements(draft, node.body, scope)
    orelse = statements(draft, node.else_, scope)
    for inner in reversed(node.elif_):
        earlier, condition = _evaluated(draft, inner.test, scope)
        condition = unconsumed(condition)
        arm = statements(draft, inner.body, scope) or [ast.Pass()]
        orelse = [*earlier, draft.line(ast.If(condition, arm, orelse), inner)]
    scope.conditional -= 1
    return [*before, draft.line(ast.If(test, body or [ast.Pass()], orelse), node)]


# Names -----------------------------------------------------------------------------------------


def _set(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    if type(node.target).__name__ == "Name" and _is_namespace(node.node, scope):
        return _namespace(draft, node, scope)
    before, value = _evaluated(draft, node.node, scope)
    target = _assigned(draft, node.target, scope, content_of(node.node, scope))
    if target is None:
        return [*before, _simple(draft, node, value)]
    made = ast.Assign([target], value)
    if isinstance(value, ast.GeneratorExp) and type(node.target).__name__ == "Name":
        draft.lazy.append((draft.store(scope, node.target.name), made))
    return [*before, draft.line(made, node)]


def _assigned(draft: Draft, node: Any, scope: Scope, content: str | None = None) -> ast.expr | None:
    """The variables that `set` assigns; None for an attribute of something else."""
    match type(node).__name__:
        case "Tuple":
            parts = [_assigned(draft, item, scope) for item in node.items]
            return ast.Tuple([part for part in parts if part is not None], ast.Store())
        case "NSRef":
            owner = scope.find(node.name)
            if not isinstance(owner, NamespaceName):
                return None
            if node.attr not in owner.attributes:
                owner.attributes[node.attr] = draft.temporary(f"{node.name}_{node.attr}")
            local = owner.attributes[node.attr]
            draft.assigning(local, scope)
            return draft.at(local.store(), node)
    local = draft.store(scope, node.name)
    local.content = content
    return draft.at(local.store(), node, node.name)


def _is_namespace(node: Any, scope: Scope) -> bool:
    return (
        type(node).__name__ == "Call"
        and type(node.node).__name__ == "Name"
        and node.node.name == "namespace"
        and scope.find("namespace") is None
    )


def _namespace(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    """`{% set ns = namespace(found=false) %}`: a variable for each attribute."""
    made: list[ast.stmt] = []
    found = NamespaceName()
    for item in node.node.kwargs:
        local = draft.temporary(f"{node.target.name}_{item.key}")
        local.owner = scope.depth
        found.attributes[item.key] = local
        value = expression(draft, item.value, scope)
        made.append(draft.line(ast.Assign([local.store()], value), node))
    made += [_simple(draft, node, expression(draft, item, scope)) for item in node.node.args]
    scope.names[node.target.name] = found
    return made


def _set_block(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    """`{% set name %}…{% endset %}`: the name is a text."""
    muted, draft.muted = draft.muted, False
    body = framed(draft, node.body, scope.child())
    draft.muted = muted
    value = ast.JoinedStr([]) if node.filter is None else expression(draft, node.filter, scope)
    target = _assigned(draft, node.target, scope)
    return [*body, draft.line(ast.Assign([target], value), node)] if target else body


def _with(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    inner = scope.child()
    values = [expression(draft, value, scope) for value in node.values]
    made: list[ast.stmt] = []
    for target, value, origin in zip(node.targets, values, node.values, strict=True):
        name = _target(draft, target, inner, content_of(origin, scope))
        made.append(draft.line(ast.Assign([name], value), node))
    return [*made, *framed(draft, node.body, inner)]


# Macros ----------------------------------------------------------------------------------------


def _macro(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    macro = draft.macros.pop((node, scope))
    scope.names[node.name] = macro
    return [_defined(draft, node, macro)]


def _named_macro(draft: Draft, node: Any, scope: Scope) -> MacroName:
    """A macro or the body of a `call` block, with its parameters, before its body is written."""
    inner = scope.child(deeper=True)
    used = _names_in(node.body)
    named = [item.name for item in node.args]
    if type(node).__name__ == "Macro" and "caller" in used and "caller" not in named:
        named.append("caller")
    parameters = {name: draft.bind(inner, name) for name in named}
    caught: tuple[str, ...] = ("varargs", "kwargs")
    collected = {name: draft.bind(inner, name) for name in caught if name in used}
    if "kwargs" in collected:
        collected["kwargs"].content = "dict"
    function = draft.temporary(getattr(node, "name", "caller"))
    return MacroName(function, inner, parameters, collected, _constants(node))


def _defaults(node: Any) -> dict[str, Any]:
    """The parameters that need not be given, with what they are then."""
    given = node.args[len(node.args) - len(node.defaults) :]
    return dict(zip((item.name for item in given), node.defaults, strict=True))


def _constants(node: Any) -> dict[str, str | int | float | None]:
    return {
        name: value.value
        for name, value in _defaults(node).items()
        if type(value).__name__ == "Const" and isinstance(value.value, str | int | float)
    }


def _defined(draft: Draft, node: Any, macro: MacroName) -> ast.stmt:
    """The nested function of a macro or of a `call` block."""
    inner, computed = macro.inner, _defaults(node)
    defaults: list[ast.expr] = []
    body: list[ast.stmt] = []
    with draft.function(body):
        for name, local in macro.parameters.items():
            if name in computed and name not in macro.defaults:
                # jinja2 works it out in the macro, and only where it is needed.
                missing = ast.Compare(local.load(), [ast.Is()], [ast.Constant(None)])
                assigned = ast.Assign([local.store()], expression(draft, computed[name], inner))
                body.append(draft.line(ast.If(missing, [assigned], []), node))
            defaults.append(ast.Constant(macro.defaults.get(name)))
        body.extend(framed(draft, node.body, inner))
    rest = {name: _parameter(local) for name, local in macro.collected.items()}
    parameters = [_parameter(local) for local in macro.parameters.values()]
    return draft.line(_function(macro.function, parameters, defaults, body, rest), node)


def _parameter(local: Local) -> ast.arg:
    parameter = ast.arg(local.name)
    local.named(parameter, "arg")
    return parameter


def _function(
    function: Local,
    parameters: list[ast.arg],
    defaults: list[ast.expr],
    body: list[ast.stmt],
    rest: dict[str, ast.arg] | None = None,
) -> ast.FunctionDef:
    varargs, kwargs = (rest.get("varargs"), rest.get("kwargs")) if rest else (None, None)
    taken = ast.arguments([], parameters, varargs, [], [], kwargs, defaults)
    made = ast.FunctionDef(function.name, taken, body or [ast.Pass()], [])
    function.named(made)
    return made


def _call_block(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    """`{% call(row) macro(rows) %}…{% endcall %}`."""
    caller = _named_macro(draft, node, scope)
    body = _defined(draft, node, caller)
    values, named = arguments(draft, node.call, scope)
    given = [*named, ("caller", caller.function.load())]
    return [body, _simple(draft, node, called(draft, node.call, values, given, scope))]


def _names_in(nodes: Iterable[Any]) -> set[str]:
    return {found.name for node in nodes for found in walk(node) if type(found).__name__ == "Name"}


# Others ----------------------------------------------------------------------------------------


def _do(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    return [_simple(draft, node, expression(draft, node.node, scope))]


def _filter_block(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    body = framed(draft, node.body, scope.child())
    return [*body, _simple(draft, node, expression(draft, node.filter, scope))]


def _inner(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    return framed(draft, node.body, scope.child())


def _plain(draft: Draft, node: Any, scope: Scope) -> list[ast.stmt]:
    return statements(draft, node.body, scope)


_Handler = Callable[[Draft, Any, Scope], list[ast.stmt]]
_HANDLERS: dict[str, _Handler] = {
    "Output": _output, "For": _for, "If": _if, "Assign": _set, "AssignBlock": _set_block,
    "With": _with, "Macro": _macro, "CallBlock": _call_block, "ExprStmt": _do,
    "FilterBlock": _filter_block, "Scope": _inner, "ScopedEvalContextModifier": _plain,
    "Break": lambda draft, node, scope: [draft.line(ast.Break(), node)],
    "Continue": lambda draft, node, scope: [draft.line(ast.Continue(), node)],
    "Include": lambda *given: template_pages.include(*given),
    "Import": lambda *given: template_pages.import_(*given),
    "FromImport": lambda *given: template_pages.from_import(*given),
    "Block": lambda *given: template_pages.block(*given),
}  # fmt: skip
