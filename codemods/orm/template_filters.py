"""Filters and tests of jinja2: what each reads of what it is given.

A filter that is lazy in jinja2 is a generator expression. Where all that matters is that a value
is evaluated and that the result holds no rows, the result is a text or a comparison.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from codemods.facts.templates import attribute_path
from codemods.orm import template_expressions
from codemods.orm.template_draft import Draft, after, data, text
from codemods.orm.template_names import Scope

_COMPARING: dict[str, type[ast.cmpop]] = {
    "==": ast.Eq, "eq": ast.Eq, "equalto": ast.Eq, "!=": ast.NotEq, "ne": ast.NotEq,
    ">": ast.Gt, "gt": ast.Gt, "greaterthan": ast.Gt, ">=": ast.GtE, "ge": ast.GtE,
    "<": ast.Lt, "lt": ast.Lt, "lessthan": ast.Lt, "<=": ast.LtE, "le": ast.LtE, "in": ast.In,
    "sameas": ast.Is,
}  # fmt: skip
_TESTS = frozenset({
    "boolean", "callable", "defined", "divisibleby", "escaped", "even", "filter", "float",
    "integer", "iterable", "lower", "mapping", "number", "odd", "sequence", "string", "test",
    "true", "upper",
})  # fmt: skip
_REFUTED = frozenset({"undefined", "false"})
Path = tuple[str | int, ...]
Comprehension = type[ast.ListComp] | type[ast.GeneratorExp]


class _ComputedError(Exception):
    """The attribute that a filter reads is worked out when the template runs."""


@dataclass(frozen=True, eq=False)
class Use:
    """A filter where it is used; its arguments are jinja2 nodes."""

    draft: Draft
    scope: Scope
    node: Any
    name: str
    args: Sequence[Any]
    kwargs: dict[str, Any]

    def evaluated(self, *but: Any) -> list[ast.expr]:
        """The arguments, without those that the filter looks at itself."""
        nodes = (*self.args, *self.kwargs.values())
        wanted = [item for item in nodes if all(item is not known for known in but)]
        return [template_expressions.expression(self.draft, i, self.scope) for i in wanted]

    def argument(self, position: int, name: str = "attribute") -> Any:
        """The node of an argument, None where it is not given."""
        if name in self.kwargs:
            return self.kwargs[name]
        return self.args[position] if position < len(self.args) else None

    def each(self, value: ast.expr, kind: Comprehension, made: Maker) -> ast.expr:
        """A comprehension over `value` of what `made` gives for an item."""
        item = self.draft.temporary()
        element = made(item.load)
        clause = ast.comprehension(item.store(), value, [], 0)
        return kind(element, [clause])

    def read(self, item: ast.expr, path: Path, written: Any) -> ast.expr:
        for key in path:
            item = template_expressions.step(self.draft, item, key, written)
        return item


Maker = Callable[[Callable[[], ast.expr]], ast.expr]
Handler = Callable[[Use, ast.expr], ast.expr]


def filtered(draft: Draft, node: Any, value: ast.expr, scope: Scope) -> ast.expr:
    """`value|name(…)`, where `node` is the filter's."""
    kwargs = {item.key: item.value for item in node.kwargs}
    made = _applied(Use(draft, scope, node, node.name, node.args, kwargs), value)
    extra = [item for item in (node.dyn_args, node.dyn_kwargs) if item is not None]
    made = after([template_expressions.expression(draft, item, scope) for item in extra], made)
    return made if made in draft.places else draft.at(made, node, node.name)


def _applied(use: Use, value: ast.expr) -> ast.expr:
    handler = _FILTERS.get(use.name, _unknown)
    try:
        return handler(use, value)
    except _ComputedError:
        return _unknown(use, value)


def _unknown(use: Use, value: ast.expr) -> ast.expr:
    """A filter of the project, or one of which nothing can be told."""
    expression = template_expressions.expression
    values = [value, *(expression(use.draft, item, use.scope) for item in use.args)]
    named = [(key, expression(use.draft, i, use.scope)) for key, i in use.kwargs.items()]
    keywords = [ast.keyword(key, item) for key, item in named]
    return ast.Call(use.draft.unknown(f"filter {use.name}"), values, keywords)


def _text(use: Use, value: ast.expr) -> ast.expr:
    return after([text(item) for item in use.evaluated()], text(value))


def _number(use: Use, value: ast.expr) -> ast.expr:
    return data([value, *use.evaluated()])


def _length(use: Use, value: ast.expr) -> ast.expr:
    return ast.Call(use.draft.builtin("len"), [value], [])


# Items -----------------------------------------------------------------------------------------


def _paths(written: Any) -> list[Path]:
    """The paths of an attribute as it is written: `author.name`, for `sort` `author.name,title`."""
    match getattr(written, "value", None) if type(written).__name__ == "Const" else written:
        case str() as attributes:
            return [attribute_path(part.strip()) for part in attributes.split(",")]
        case int() as position:
            return [(position,)]
        case None:
            return []
    raise _ComputedError


def _kept(position: int, kind: Comprehension) -> Handler:
    """The items themselves, after what the attribute at this position says is read on each."""

    def handler(use: Use, value: ast.expr) -> ast.expr:
        written = use.argument(position)
        paths = _paths(written)

        def kept(item: Callable[[], ast.expr]) -> ast.expr:
            return after([use.read(item(), path, written) for path in paths], item())

        return after(use.evaluated(written), use.each(value, kind, kept))

    return handler


def _chosen(position: int, index: int = 0) -> Handler:
    """One of the items."""

    def handler(use: Use, value: ast.expr) -> ast.expr:
        items = _kept(position, ast.ListComp)(use, value)
        return ast.Subscript(items, ast.Constant(index), ast.Load())

    return handler


def _first(use: Use, value: ast.expr) -> ast.expr:
    """The first item; of a lazy filter's items no other is worked out."""
    if not isinstance(value, ast.GeneratorExp):
        items = use.each(value, ast.ListComp, lambda item: item())
        return ast.Subscript(items, ast.Constant(0), ast.Load())
    clause = value.generators[0]
    assert isinstance(clause.target, ast.Name)
    bound = ast.NamedExpr(clause.target, _first(use, clause.iter))
    return after([bound, *clause.ifs], value.elt)


def _sum(use: Use, value: ast.expr) -> ast.expr:
    written = use.argument(0)
    every = use.each(value, ast.ListComp, lambda item: _by_path(use, item(), written))
    return data([*use.evaluated(written), every])


def _join(use: Use, value: ast.expr) -> ast.expr:
    written = use.argument(1)
    every = use.each(value, ast.ListComp, lambda item: text(_by_path(use, item(), written)))
    return after([text(item) for item in use.evaluated(written)], text(every))


def _by_path(use: Use, item: ast.expr, written: Any) -> ast.expr:
    paths = _paths(written)
    return use.read(item, paths[0], written) if paths else item


def _groupby(use: Use, value: ast.expr) -> ast.expr:
    written = use.argument(0)
    if written is None:
        raise _ComputedError

    def group(item: Callable[[], ast.expr]) -> ast.expr:
        rows = ast.List([item()], ast.Load())
        return ast.Tuple([_by_path(use, item(), written), rows], ast.Load())

    return after(use.evaluated(written), use.each(value, ast.ListComp, group))


def _in_lists(use: Use, value: ast.expr) -> ast.expr:
    lists = use.each(value, ast.GeneratorExp, lambda item: ast.List([item()], ast.Load()))
    return after(use.evaluated(), lists)


def _pairs(use: Use, value: ast.expr) -> ast.expr:
    return after(use.evaluated(), ast.Call(ast.Attribute(value, "items", ast.Load()), [], []))


def _attribute(use: Use, value: ast.expr) -> ast.expr:
    written = use.argument(0, "name")
    if not isinstance(getattr(written, "value", None), str):
        raise _ComputedError
    return template_expressions.step(use.draft, value, written.value, written)


def _default(use: Use, value: ast.expr) -> ast.expr:
    others = [item for item in use.evaluated() if not isinstance(item, ast.Constant)]
    if not others:
        return value
    return ast.Subscript(ast.Tuple([value, *others], ast.Load()), ast.Constant(0), ast.Load())


def _map(use: Use, value: ast.expr) -> ast.expr:
    if not use.args:
        written = use.argument(0)
        if written is None:
            raise _ComputedError
        every = use.each(value, ast.GeneratorExp, lambda i: _by_path(use, i(), written))
        return after(use.evaluated(written), every)
    name = getattr(use.args[0], "value", None)
    if not isinstance(name, str):
        raise _ComputedError
    inner = replace(use, name=name, args=use.args[1:])
    return use.each(value, ast.GeneratorExp, lambda item: _applied(inner, item()))


def _selecting(*, by_attribute: bool, negated: bool) -> Handler:
    def handler(use: Use, value: ast.expr) -> ast.expr:
        written = use.argument(0) if by_attribute else None
        name, *given = (*use.args[by_attribute:], None)
        if (by_attribute and written is None) or not isinstance(getattr(name, "value", ""), str):
            raise _ComputedError
        item = use.draft.temporary()
        test = _by_path(use, item.load(), written)
        if name is not None:
            test = tested(use.draft, name.value, test, given[:-1], name, use.scope)
        if negated:
            test = ast.UnaryOp(ast.Not(), test)
        return ast.GeneratorExp(item.load(), [ast.comprehension(item.store(), value, [test], 0)])

    return handler


# Tests -----------------------------------------------------------------------------------------


def tested(
    draft: Draft, name: str, value: ast.expr, args: Sequence[Any], node: Any, scope: Scope
) -> ast.expr:
    """`value is name(…)`, whose arguments are jinja2 nodes."""
    given = [template_expressions.expression(draft, item, scope) for item in args]
    if name == "none":
        made: ast.expr = ast.Compare(value, [ast.Is()], [ast.Constant(None)])
    elif name in _COMPARING and len(given) == 1:
        made = ast.Compare(value, [_COMPARING[name]()], given)
    elif name in _TESTS:
        made = data([value, *given])
    elif name in _REFUTED:
        made = ast.UnaryOp(ast.Not(), data([value, *given]))
    else:
        made = ast.Call(draft.unknown(f"test {name}"), [value, *given], [])
    return draft.at(made, node, name)


_FILTERS: dict[str, Handler] = {
    **dict.fromkeys(
        (
            "capitalize", "center", "e", "escape", "forceescape", "format", "indent", "lower",
            "pprint", "replace", "safe", "string", "striptags", "title", "trim", "truncate",
            "upper", "urlencode", "urlize", "wordwrap", "xmlattr",
        ),
        _text,
    ),
    **dict.fromkeys(("abs", "filesizeformat", "float", "int", "round", "wordcount"), _number),
    "count": _length, "length": _length, "first": _first, "sum": _sum, "join": _join,
    "list": _kept(0, ast.ListComp), "reverse": _kept(0, ast.ListComp),
    "sort": _kept(2, ast.ListComp), "unique": _kept(1, ast.GeneratorExp),
    "min": _chosen(1), "max": _chosen(1), "last": _chosen(0, -1), "random": _chosen(0),
    "groupby": _groupby, "batch": _in_lists, "slice": _in_lists, "dictsort": _pairs,
    "items": _pairs, "attr": _attribute, "default": _default, "d": _default, "map": _map,
    "select": _selecting(by_attribute=False, negated=False),
    "reject": _selecting(by_attribute=False, negated=True),
    "selectattr": _selecting(by_attribute=True, negated=False),
    "rejectattr": _selecting(by_attribute=True, negated=True),
}  # fmt: skip
