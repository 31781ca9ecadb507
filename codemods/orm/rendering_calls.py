"""Calls that render a template: which one, with which names.

Nothing of the project is looked up here but by the functions that are handed in, so that a caller
that knows less can still ask.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from codemods.facts.loaders import argument, keyword
from codemods.facts.symbols import Call, Symbol, dotted_name, text_of
from codemods.facts.values import FunctionFacts
from codemods.source import Place

Framework = Literal["flask", "starlette", "jinja2", "pyramid"]
_FLASK = {
    f"{module}.{name}": name
    for module in ("flask", "flask.templating", "quart", "quart.templating")
    for name in (
        "render_template",
        "render_template_string",
        "stream_template",
        "stream_template_string",
    )
}
_PYRAMID = frozenset({"pyramid.renderers.render", "pyramid.renderers.render_to_response"})
_VIEW_CONFIG = frozenset({"pyramid.view.view_config", "pyramid.view.view_defaults"})
_JINJA_SUFFIXES = (".jinja2", ".jinja", ".j2", ".html")
# What gives a template without rendering it.
GETTERS = frozenset({"get_template", "get_or_select_template", "select_template", "from_string"})
_RENDERERS = frozenset({"render", "render_async", "stream", "generate", "generate_async"})
_STREAMING = frozenset({"stream", "generate", "generate_async"})
_STRANGE = ("django.", "mako.", "chameleon.", "airium.", "genshi.")


# What is called last in a call that renders.
NAMES = frozenset({
    "render_template", "render_template_string", "stream_template", "stream_template_string",
    "TemplateResponse", "render", "render_async", "render_to_response",
})  # fmt: skip
_DECORATORS = frozenset({
    "view_config", "view_defaults", "context_processor", "app_context_processor",
})  # fmt: skip


@dataclass(frozen=True, eq=False)
class ModuleText:
    """A text that a module assigns to a name, and the place of the assignment."""

    text: str
    place: Place


@dataclass(frozen=True, eq=False)
class RenderCall:
    """One call that renders a template.

    Args:
        framework: whose search path holds.
        templates: the names that it may mean; `first` where it is the first that exists, else
            which of them is known only at run time.
        text: the template itself: a literal of the function, or what a module has.
        context: what is passed by name.
        spread: mappings of which names are passed: `**context`.
        loader: what loads the template, where that is an object: `templates`, `self.env`.
        streamed: True if it is rendered after the function has returned.
    """

    framework: Framework
    templates: tuple[str, ...] = ()
    first: bool = False
    text: ast.Constant | ModuleText | None = None
    context: Mapping[str, ast.expr] = field(default_factory=dict)
    spread: tuple[ast.expr, ...] = ()
    loader: ast.expr | None = None
    streamed: bool = False

    @property
    def given(self) -> frozenset[str]:
        """The names that the template is known to be given."""
        return frozenset(self.context)


@dataclass(frozen=True, eq=False)
class Lookups:
    """What is known of the names around a call.

    Args:
        resolve: the full name of a dotted name; None for a local or unknown one.
        assigned: the expression that a local name is assigned, where there is just one.
        constant: the text of a module that an expression stands for.
        given: the text that a parameter has in the call that is looked at.
    """

    resolve: Callable[[str], str | None] = lambda dotted: None
    assigned: Callable[[str], ast.expr | None] = lambda name: None
    constant: Callable[[ast.expr], ModuleText | None] = lambda node: None
    given: Callable[[str], str | None] = lambda name: None


def may_render(function: FunctionFacts, text: str) -> bool:
    """True if a function may render a template, told from its text and decorators."""
    return _RENDERING.search(text) is not None or any(
        name.rpartition(".")[2] in _DECORATORS for name in function.decorators
    )


_RENDERING = re.compile(rf"\b(?:{'|'.join(sorted(NAMES))})\(")


def rendered_by(
    call: ast.Call, resolved: str | None = None, lookups: Lookups | None = None
) -> RenderCall | None:
    """What a call renders, None if it renders no template or one that is worked out.

    Args:
        resolved: the full name of what is called: `flask.render_template`; of a method of a
            module's variable that of the variable with the method's behind it.
    """
    known = lookups or Lookups()
    full_name = resolved or known.resolve(dotted_name(call.func) or "") or ""
    if full_name in _FLASK:
        return _flask(call, _FLASK[full_name], known)
    if full_name in _PYRAMID:
        return _pyramid(call, known)
    if full_name.startswith(_STRANGE) or not isinstance(call.func, ast.Attribute):
        return None
    if call.func.attr == "TemplateResponse":
        return _response(call, call.func.value, known)
    if call.func.attr in _RENDERERS:
        return _method(call, call.func.value, call.func.attr, known)
    return None


def _flask(call: ast.Call, function: str, known: Lookups) -> RenderCall | None:
    in_code = function.endswith("_string")
    template = argument(call, 0, "source" if in_code else "template_name_or_list")
    if template is None or len(call.args) > 1:
        return None
    names = {"source", "template_name_or_list"}
    context, spread = _keywords(call, names)
    streamed = function.startswith("stream")
    if in_code:
        text = _literal(template, known)
        return _of_text("flask", text, context, spread, None, streamed)
    return _named("flask", template, context, spread, None, known, streamed)


def _named(
    framework: Framework,
    template: ast.expr,
    context: Mapping[str, ast.expr],
    spread: tuple[ast.expr, ...],
    loader: ast.expr | None,
    known: Lookups,
    streamed: bool = False,
) -> RenderCall | None:
    found = _template_names(template, known)
    if found is None:
        return None
    names, first = found
    return RenderCall(framework, names, first, None, context, spread, loader, streamed)


def _of_text(
    framework: Framework,
    text: ast.Constant | ModuleText | None,
    context: Mapping[str, ast.expr],
    spread: tuple[ast.expr, ...],
    loader: ast.expr | None,
    streamed: bool,
) -> RenderCall | None:
    if text is None:
        return None
    return RenderCall(framework, (), False, text, context, spread, loader, streamed)


def _response(call: ast.Call, loader: ast.expr, known: Lookups) -> RenderCall | None:
    """`templates.TemplateResponse(request, name, context)`, also in its old order."""
    if any(isinstance(item, ast.Starred) for item in call.args):
        return None
    old = bool(call.args) and _template_names(call.args[0], known) is not None
    template = keyword(call, "name") or argument(call, 0 if old else 1, "name")
    mapping = argument(call, 1 if old else 2, "context")
    if template is None:
        return None
    context, spread = ({}, ()) if mapping is None else mapping_of(mapping)
    request = context.get("request")
    if isinstance(request, ast.Name) and request.id == "request":
        context = {name: value for name, value in context.items() if name != "request"}
    return _named("starlette", template, context, spread, loader, known)


def _method(call: ast.Call, owner: ast.expr, name: str, known: Lookups) -> RenderCall | None:
    """`env.get_template("x.html").render(…)`, `Template("…").render(…)`."""
    made = owner
    if isinstance(owner, ast.Name):
        made = known.assigned(owner.id) or owner
    made = made.value if isinstance(made, ast.Await) else made
    if not isinstance(made, ast.Call):
        return None
    context, spread = _keywords(call, set())
    for item in call.args:
        more, rest = mapping_of(item.value if isinstance(item, ast.Starred) else item)
        context, spread = {**more, **context}, (*spread, *rest)
    func, streamed = made.func, name in _STREAMING
    full_name = known.resolve(dotted_name(func) or "") or ""
    if full_name in ("jinja2.Template", "jinja2.environment.Template") and made.args:
        text = None if made.keywords else _literal(made.args[0], known)
        return _of_text("jinja2", text, context, spread, None, streamed)
    if not isinstance(func, ast.Attribute) or full_name.startswith(_STRANGE):
        return None
    if func.attr == "from_string" and made.args:
        text = _literal(made.args[0], known)
        return _of_text("jinja2", text, context, spread, func.value, streamed)
    if func.attr not in GETTERS or not made.args:
        return None
    framework: Framework = "flask" if _ends(func.value, "jinja_env") else "jinja2"
    loader = None if framework == "flask" else func.value
    return _named(framework, made.args[0], context, spread, loader, known, streamed)


# Pyramid ---------------------------------------------------------------------------------------


def _pyramid(call: ast.Call, known: Lookups) -> RenderCall | None:
    """`render("templates/x.jinja2", {…}, request=request)`."""
    template, mapping = argument(call, 0, "renderer_name"), argument(call, 1, "value")
    if template is None or mapping is None:
        return None
    context, spread = mapping_of(mapping)
    made = _named("pyramid", template, context, spread, None, known)
    return made if made and made.templates[0].endswith(_JINJA_SUFFIXES) else None


def view_template(
    decorations: Sequence[Symbol], resolve: Callable[[str], str | None]
) -> tuple[str, ...]:
    """The templates that Pyramid's decorators of a view or of its class name.

    Args:
        decorations: as in `FunctionFacts.decorations`.
        resolve: the full name of a dotted name.

    Returns:
        Asset specifications (`templates/x.jinja2`, `app:templates/x.jinja2`), to be rendered with
        the dict that the view returns.
    """
    found = []
    for item in decorations:
        if isinstance(item, Call) and resolve(item.func) in _VIEW_CONFIG:
            name = text_of(item.keyword("renderer"))
            if name is not None and name.endswith(_JINJA_SUFFIXES):
                found.append(name)
    return tuple(dict.fromkeys(found))


def returned_by_view(template: str, value: ast.expr) -> RenderCall:
    """The rendering of what a Pyramid view returns: a dict, or something that gives one."""
    context, spread = mapping_of(value)
    return RenderCall("pyramid", (template,), context=context, spread=spread)


# Parts -----------------------------------------------------------------------------------------


def mapping_of(node: ast.expr) -> tuple[dict[str, ast.expr], tuple[ast.expr, ...]]:
    """The names that a mapping passes, and the mappings in it of which nothing is said here."""
    match node:
        case ast.Dict(keys=keys, values=values):
            context: dict[str, ast.expr] = {}
            spread: tuple[ast.expr, ...] = ()
            for key, value in zip(keys, values, strict=True):
                if key is None:
                    more, rest = mapping_of(value)
                    context, spread = {**context, **more}, (*spread, *rest)
                elif isinstance(key, ast.Constant) and isinstance(key.value, str):
                    context[key.value] = value
            return context, spread
        case ast.Call(func=ast.Name(id="dict"), args=args):
            context, spread = _keywords(node, set())
            for item in args:
                more, rest = mapping_of(item)
                context, spread = {**more, **context}, (*rest, *spread)
            return context, spread
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            first, one = mapping_of(left)
            second, two = mapping_of(right)
            return {**first, **second}, (*one, *two)
    return {}, (node,)


def _keywords(
    call: ast.Call, without: set[str]
) -> tuple[dict[str, ast.expr], tuple[ast.expr, ...]]:
    context: dict[str, ast.expr] = {}
    spread: tuple[ast.expr, ...] = ()
    for item in call.keywords:
        if item.arg is None:
            more, rest = mapping_of(item.value)
            context, spread = {**context, **more}, (*spread, *rest)
        elif item.arg not in without:
            context[item.arg] = item.value
    return context, spread


def _template_names(node: ast.expr, known: Lookups) -> tuple[tuple[str, ...], bool] | None:
    """The names that an expression can mean, and whether the first that exists is taken."""
    if (text := _text(node, known)) is not None:
        return (text,), False
    match node:
        case ast.List(elts=elts) | ast.Tuple(elts=elts):
            names = [_text(item, known) for item in elts]
            whole = tuple(name for name in names if name is not None)
            return (whole, True) if whole and len(whole) == len(names) else None
        case ast.IfExp(body=body, orelse=orelse):
            first, second = _template_names(body, known), _template_names(orelse, known)
            if first and second and not (first[1] or second[1]):
                return (*first[0], *second[0]), False
        case ast.Name(id=name):
            assigned = known.assigned(name)
            if assigned is not None and not isinstance(assigned, ast.Name):
                return _template_names(assigned, known)
            given = known.given(name)
            return None if given is None else ((given,), False)
    return None


def _text(node: ast.expr, known: Lookups) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    found = known.constant(node)
    return found.text if found else None


def _literal(node: ast.expr, known: Lookups) -> ast.Constant | ModuleText | None:
    """The literal of a template's text."""
    if isinstance(node, ast.Name):
        node = known.assigned(node.id) or node
    if isinstance(node, ast.Constant):
        return node if isinstance(node.value, str) else None
    return known.constant(node)


def _ends(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == name
