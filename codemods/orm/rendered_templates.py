"""Runs templates in the interpreter: what a view's template reads is read where it is rendered.

`call` is asked for every call before anything else is made of it, `at_return` for every `return`
whose value has been evaluated.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name, text_of
from codemods.orm import rendered
from codemods.orm.frames import Frame
from codemods.orm.instances import Instance
from codemods.orm.query import Query
from codemods.orm.rendering_calls import (
    GETTERS,
    NAMES,
    Lookups,
    ModuleText,
    RenderCall,
    mapping_of,
    rendered_by,
    returned_by_view,
    view_template,
)
from codemods.orm.templates import Templates
from codemods.orm.values import ANYTHING, Items, Plain, Result, Row, Tuple, Unknown, Value
from codemods.source import Span, UndecodableError

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.orm.frames import Program
    from codemods.orm.local_names import LocalNames
    from codemods.orm.renderer import Renderer
    from codemods.source import SourceFile

_RENDERED = Unknown(plain=True)
_PROCESSORS = frozenset({"context_processor", "app_context_processor"})
_HARMLESS = frozenset({"get", "items", "keys", "values", "copy"})
_CALLED = NAMES | GETTERS


def of(program: Program) -> Templates:
    """The templates of a program's project."""
    return program.one(_read)


def _read(program: Program) -> Templates:
    modules = program.index.by_path
    sources = [
        (source, modules[source.path].module if source.path in modules else "")
        for source in program.files()
    ]
    return Templates(program.index, sources, program.overlay)


def call(flow: Flow, node: ast.Call) -> Value | None:
    """What a call that renders a template reads and gives; None where it is no such call, or one
    that cannot be followed. Its arguments have been evaluated."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in _CALLED or flow.code.renderer is not None:
        return None
    names = rendered.of(flow.program).names(flow.code)
    if name in GETTERS:
        return _RENDERED if _loads(flow, node, names) else None
    lookups = Lookups(
        names.resolve,
        names.assigned,
        lambda item: _constant(flow, names, item),
        lambda name: _given_text(flow, name),
    )
    found = rendered_by(node, None, lookups)
    if found is None or found.streamed:
        return None
    return _RENDERED if _render(flow, node, found, names) else None


def _given_text(flow: Flow, name: str) -> str | None:
    """The text that a name holds, where the caller has given it."""
    held = flow.env.get(name) if flow.frame is not flow.root else None
    return held.constant if isinstance(held, Plain) and isinstance(held.constant, str) else None


def _loads(flow: Flow, node: ast.Call, names: LocalNames) -> bool:
    """True for `env.get_template(…)` of an environment that only reads files."""
    dotted = dotted_name(node.func.value) if isinstance(node.func, ast.Attribute) else None
    if dotted is None:
        return False
    full_name = names.resolve(dotted)
    return dotted.endswith(".jinja_env") or any(
        loader.name == full_name and loader.complete for loader in of(flow.program).loaders
    )


def at_return(flow: Flow, node: ast.Return) -> None:
    """What is read of the dict that a Pyramid view or a Flask context processor returns."""
    facts = flow.code.facts
    if facts is None or node.value is None or flow.frame is not flow.root:
        return
    owner = flow.index.class_(flow.code.owner) if flow.code.owner else None
    decorations = (*facts.decorations, *(owner.decorators if owner else ()))
    if not decorations:
        return
    names = rendered.of(flow.program).names(flow.code)
    for template in view_template(decorations, names.resolve):
        _render(flow, node, returned_by_view(template, node.value), names)
    if any(name.rpartition(".")[2] in _PROCESSORS for name in facts.decorators):
        _process(flow, node, returned_by_view("", node.value), names)


def _process(flow: Flow, node: ast.Return, found: RenderCall, names: LocalNames) -> None:
    """Every template is given what a context processor returns; few of them look at it."""
    given = {name: v for name, v in _given(flow, found, names).items() if _holds_rows(v)}
    for name, value in given.items():
        if _passed_elsewhere(flow, name):
            continue
        for number, renderer in enumerate(of(flow.program).naming(name, flow.module)):
            with flow.under(node, number):
                _walk(flow, node, renderer, {name: value})


def _passed_elsewhere(flow: Flow, name: str) -> bool:
    """True if anything but this function may give templates the name, which comes first then."""
    own = flow.code.facts.place if flow.code.facts else None
    word = re.compile(rf"""\b{re.escape(name)}\s*=(?!=)|["']{re.escape(name)}["']""")
    for source in flow.program.files():
        for match in word.finditer(_text(source)) if name.encode() in source.data else ():
            span = Span(match.start(), match.end())
            if own is None or source.path != own.path or not own.span.contains(span):
                return True
    return False


def _text(source: SourceFile) -> str:
    try:
        return source.text
    except UndecodableError:
        return ""


def _constant(flow: Flow, names: LocalNames, node: ast.expr) -> ModuleText | None:
    """The text of a constant of a module."""
    if not isinstance(node, ast.Name | ast.Attribute):
        return None
    full_name = names.resolve(ast.unparse(node))
    found = flow.index.value(full_name) if full_name else None
    text = text_of(found.value) if found else None
    return ModuleText(text, found.place) if found and text is not None else None


def _render(flow: Flow, node: ast.Call | ast.Return, found: RenderCall, names: LocalNames) -> bool:
    """Walk the templates of a call; False if they are not known."""
    values = _given(flow, found, names)
    if not any(_holds_rows(value) for value in values.values()):
        return True
    renderers = of(flow.program).renderers(found, flow.module, frozenset(values))
    for number, renderer in enumerate(renderers):
        with flow.under(node, number) if len(renderers) > 1 else nullcontext():
            _walk(flow, node, renderer, values)
    return bool(renderers)


def _walk(
    flow: Flow, node: ast.Call | ast.Return, renderer: Renderer, values: Mapping[str, Value]
) -> None:
    code = rendered.of(flow.program).code(renderer, flow.code)
    flow.program.adopt(code)
    with flow.entering(Frame(code, flow.frame, node)):
        for name, full_name in renderer.names.items():
            flow.env[name] = flow.named(full_name)
        for parameter in renderer.function.args.args:
            flow.env[parameter.arg] = values.get(parameter.arg, ANYTHING)
        flow.block(renderer.function.body)


def _holds_rows(value: Value) -> bool:
    return value.tainted and isinstance(value, Row | Items | Tuple | Query | Result | Instance)


# What is passed --------------------------------------------------------------------------------


def _given(flow: Flow, found: RenderCall, names: LocalNames) -> dict[str, Value]:
    """The values of the names that a template is given, as far as they are known."""
    values = {name: _value(flow, item) for name, item in found.context.items()}
    for spread in found.spread:
        values = {**_spread(flow, spread, names), **values}
    return values


def _value(flow: Flow, node: ast.expr) -> Value:
    """The value of an argument, or of an entry of a dict, that has been evaluated."""
    if node in flow.keywords:
        return flow.keywords[node]
    return flow.ev(node) if isinstance(node, ast.Name | ast.Constant) else ANYTHING


def _spread(flow: Flow, node: ast.expr, names: LocalNames) -> dict[str, Value]:
    """What `**node` passes, as far as it is known."""
    match node:
        case ast.Call(func=ast.Name(id="locals"), args=[]):
            return {name: value for name, value in flow.env.items() if name.isidentifier()}
        case ast.Name(id=name):
            held = flow.env.get(name)
            seen = dict(held.named) if isinstance(held, Items) and held.kind == "dict" else {}
            return {**seen, **_local_dict(flow, name, names)}
    return {}


def _local_dict(flow: Flow, name: str, names: LocalNames) -> dict[str, Value]:
    """A dict that the function makes, where it is used for nothing that may change it unseen."""
    made = names.assigned(name)
    function = flow.code.node
    if made is None or isinstance(function, ast.Module):
        return {}
    context, spread = mapping_of(made)
    changed = _changes(function, name)
    if changed is None or spread:
        return {}
    items = {**context, **changed}
    values = {key: _once(flow, item, names) for key, item in items.items() if item is not None}
    held = flow.env.get(name)
    once = len(context) + len(changed) == len(values) == 1
    if once and isinstance(held, Items) and held.mapped is not None:
        return dict.fromkeys(items, held.mapped)
    return values


def _once(flow: Flow, node: ast.expr, names: LocalNames) -> Value:
    """The value that an expression had before; a name may have got another one since."""
    if node in flow.keywords or not isinstance(node, ast.Name) or names.assigned(node.id):
        return _value(flow, node)
    return ANYTHING


def _changes(
    function: ast.FunctionDef | ast.AsyncFunctionDef, name: str
) -> dict[str, ast.expr | None] | None:
    """The keys that are set later, with the value if there is just one, always set; None if it
    cannot be told which keys these are."""
    found: dict[str, ast.expr | None] = {}
    known: set[ast.AST] = set()
    for node in walk(function):
        match node:
            case ast.Assign(
                targets=[
                    ast.Subscript(
                        value=ast.Name(id=owner) as item, slice=ast.Constant(value=str() as key)
                    )
                ],
                value=value,
            ) if (
                owner == name
            ):
                found[key] = None if key in found or node not in function.body else value
                known.add(item)
            case ast.Subscript(value=ast.Name(id=owner) as item, ctx=ast.Load()) if owner == name:
                known.add(item)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner) as item, attr=attribute)) if (
                owner == name and attribute in _HARMLESS
            ):
                known.add(item)
            case ast.Call(func=func) if _rendering(func):
                passed = [*node.args, *(keyword.value for keyword in node.keywords)]
                known.update(item for item in passed if isinstance(item, ast.Name))
            case ast.Name(id=owner, ctx=ast.Store()) if owner == name:
                known.add(node)
    uses = (n for n in walk(function) if isinstance(n, ast.Name) and n.id == name)
    return found if all(use in known for use in uses) else None


def _rendering(func: ast.expr) -> bool:
    return (func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")) in NAMES
