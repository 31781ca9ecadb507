"""AddKeyword and AddParameter: one more name between the parentheses of a call or a definition."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import libcst as cst

from codemods.patch import AddParameter
from codemods.rewrite.arguments import after_comment, bare, lone_generator
from codemods.rewrite.docstrings import Documenting
from codemods.rewrite.error import RewriteError
from codemods.rewrite.parsing import (
    OnRoot,
    changed,
    expression_code,
    mark,
    parenthesised,
    parse_copied,
    parse_expression,
    statements_code,
)
from codemods.rewrite.splices import Splice, gaps
from codemods.rewrite.view import View
from codemods.source import Span

_Listed: TypeAlias = cst.Arg | cst.Param | cst.ParamStar | cst.ParamSlash
_Space: TypeAlias = cst.BaseParenthesizableWhitespace

_DEF = re.compile(r"^[ \t]*((?:async[ \t]+)?def)\b", re.MULTILINE)
_HANGING = re.compile(r"[(\[{]\n")
_ALIGNED = re.compile(r"\([^\s()][^()\n]*,\n")
_NO_SPACE = cst.SimpleWhitespace("")
_ONE_SPACE = cst.SimpleWhitespace(" ")


class AddingKeyword(OnRoot):
    """Appends `name=value` to a call, before `**others`.

    Args:
        lone: whether the only argument is a generator expression that shares the call's
            parentheses, and needs its own beside another argument.
    """

    def __init__(self, name: str, value: cst.BaseExpression, lone: bool) -> None:
        super().__init__()
        equal = cst.AssignEqual(_NO_SPACE, _NO_SPACE)
        self._argument = cst.Arg(value, keyword=cst.Name(name), equal=equal)
        self._lone = lone

    def change(self, node: cst.CSTNode) -> cst.CSTNode:
        call = cst.ensure_type(node, cst.Call)
        listed: list[_Listed] = list(call.args)
        if self._lone:
            listed[0] = call.args[0].with_changes(value=parenthesised(call.args[0].value))
        stars = [index for index, argument in enumerate(call.args) if argument.star == "**"]
        at = stars[-1] if stars else len(listed)
        return call.with_changes(
            args=_with(listed, at, [self._argument], call.whitespace_before_args)
        )


class AddingParameter(OnRoot):
    """Appends a keyword-only parameter to a definition, before `**others`.

    Args:
        column: where the first parameter stands, if a new line has to begin there.
    """

    def __init__(self, parameter: cst.Param, column: int | None) -> None:
        super().__init__()
        self._parameter = parameter
        self._column = column

    def change(self, node: cst.CSTNode) -> cst.CSTNode:
        function = cst.ensure_type(node, cst.FunctionDef)
        given = function.params
        slash = given.posonly_ind
        star = given.star_arg
        parts: tuple[Sequence[_Listed], ...] = (
            given.posonly_params,
            [slash] if isinstance(slash, cst.ParamSlash) else [],
            given.params,
            [star] if isinstance(star, cst.Param | cst.ParamStar) else [],
            given.kwonly_params,
            [given.star_kwarg] if given.star_kwarg else [],
        )
        listed = [each for part in parts for each in part]
        new: list[_Listed] = [self._parameter]
        if not isinstance(star, cst.Param | cst.ParamStar):
            new.insert(0, cst.ParamStar())
        at = len(listed) - len(parts[5])
        found = iter(_with(listed, at, new, function.whitespace_before_params, self._column))
        positional, slashes, params = ([next(found) for _ in part] for part in parts[:3])
        rest = list(found)
        return function.with_changes(
            params=given.with_changes(
                posonly_params=positional,
                posonly_ind=slashes[0] if slashes else slash,
                params=params,
                star_arg=rest[0],
                kwonly_params=rest[1 : len(rest) - len(parts[5])],
                star_kwarg=rest[-1] if parts[5] else None,
            )
        )


def _with(
    listed: Sequence[_Listed],
    at: int,
    new: Sequence[_Listed],
    before_first: _Space,
    column: int | None = None,
) -> list[_Listed]:
    """What stands between two parentheses with `new` at an index, in the layout that it has.

    Args:
        before_first: the whitespace behind the opening parenthesis.
        column: where a line of its own begins for what is new.
    """
    if at < len(listed):
        space = _separators(listed, before_first)[at]
        space = bare(space) if "\n" in _code(space) else _ONE_SPACE
        return [*listed[:at], *(_spaced(each, space) for each in new), *listed[at:]]
    *others, last = new
    if not listed:
        return [*(_spaced(each, _ONE_SPACE) for each in others), last]
    ending = _ending(listed[-1])
    if "\n" in _code(ending):
        lines = [space for space in _separators(listed, before_first) if "\n" in _code(space)]
        space = bare(lines[-1] if lines else ending)
        before = _spaced(listed[-1], after_comment(ending, space))
        added = [*(_spaced(each, space) for each in others), _spaced(last, bare(ending))]
        return [*listed[:-1], before, *added]
    space = _ONE_SPACE
    first: _Space = space
    if column is not None:
        first = cst.ParenthesizedWhitespace(last_line=cst.SimpleWhitespace(" " * column))
    if isinstance(listed[-1].comma, cst.Comma):
        last = _spaced(last, ending)
    added = [*(_spaced(each, space) for each in others), last]
    return [*listed[:-1], _spaced(listed[-1], first), *added]


def _separators(listed: Sequence[_Listed], before_first: _Space) -> list[_Space]:
    """The whitespace before each."""
    return [before_first, *(_ending(each) for each in listed[:-1])]


def _ending(item: _Listed) -> _Space:
    """The whitespace behind something that is listed, and behind its comma if it has one."""
    if isinstance(item.comma, cst.Comma):
        return item.comma.whitespace_after
    match item:
        case cst.Arg():
            return item.whitespace_after_arg
        case cst.Param():
            return item.whitespace_after_param
        case cst.ParamSlash():
            return item.whitespace_after
    return _NO_SPACE


def _spaced(item: _Listed, space: _Space) -> _Listed:
    """The same with a comma, and whitespace behind that."""
    comma = cst.Comma(whitespace_after=space)
    match item:
        case cst.Arg():
            return item.with_changes(comma=comma, whitespace_after_arg=_NO_SPACE)
        case cst.Param():
            return item.with_changes(comma=comma, whitespace_after_param=_NO_SPACE)
        case cst.ParamSlash():
            return item.with_changes(comma=comma, whitespace_after=_NO_SPACE)
    return item.with_changes(comma=comma)


def _code(space: _Space) -> str:
    return cst.Module([]).code_for_node(space)


def keyword_splices(
    view: View, span: Span, name: str, value: cst.BaseExpression
) -> Iterator[Splice]:
    """Append `name=value` to the call at `span`.

    Raises:
        RewriteError: if there is no call.
    """
    call = view.expression_at(span)
    if not isinstance(call, ast.Call):
        raise RewriteError("arguments are added to what is not a call")
    given = [*call.args, *(word.value for word in call.keywords)]
    spans = sorted((view.node_span(node) for node in given), key=lambda part: part.start)
    lone = lone_generator(call) and spans[0].end == span.end
    if lone:
        spans = [Span(spans[0].start + 1, spans[0].end - 1)]
    parts = [view.node_span(call.func), *spans]
    indent = view.indent_of_line(span.start)
    skeleton = parse_expression(_skeleton(view, span, parts), indent)
    node = changed(skeleton, AddingKeyword(name, value, lone))
    assert isinstance(node, cst.BaseExpression)
    yield from gaps(view.text, span, parts, expression_code(node, indent, view.indent))


def parameter_splices(
    view: View, span: Span, patch: AddParameter, annotation: cst.BaseExpression | None, width: int
) -> Iterator[Splice]:
    """Append a keyword-only parameter to the definition at `span`.

    Args:
        annotation: what it is annotated with.
        width: how wide a line may be.

    Raises:
        RewriteError: if there is no definition, or one that has the parameter.
    """
    node = _definition(view, span)
    if any(item.arg == patch.name for item in _named(node.args)):
        raise RewriteError(f"the function has a parameter {patch.name} already")
    parameter = _parameter(patch, annotation)
    start = view.node_span(node).start
    if node.decorator_list:
        start = view.node_span(node.decorator_list[-1]).end
    header = _DEF.search(view.text, view.line_start(start))
    assert header is not None
    first = view.node_span(node.body[0])
    whole = Span(header.start(1), first.end)
    parts = [*_expressions(view, node), first]
    indent = view.indent_of_line(whole.start)
    (skeleton,) = parse_copied(f"{indent}{_skeleton(view, whole, parts)}", indent)
    column = _column(view, node, whole, cst.Module([]).code_for_node(parameter), width)
    function = changed(skeleton, AddingParameter(parameter, column))
    assert isinstance(function, cst.FunctionDef)
    code = statements_code([function], indent, view.indent)[len(indent) : -1]
    yield from gaps(view.text, whole, parts, code)
    if patch.about and ast.get_docstring(node) is not None:
        assert isinstance(node.body[0], ast.Expr)
        docstring = view.node_span(node.body[0].value)
        text = parse_expression(view.slice(docstring))
        written = changed(text, Documenting(patch.name, patch.about))
        yield from gaps(view.text, docstring, [], cst.Module([]).code_for_node(written))


def _definition(view: View, span: Span) -> ast.FunctionDef | ast.AsyncFunctionDef:
    for node in reversed(view.path_to(span)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return node
    raise RewriteError("a parameter is added to what is not a function")


def _parameter(patch: AddParameter, annotation: cst.BaseExpression | None) -> cst.Param:
    space = _ONE_SPACE if annotation is not None else _NO_SPACE
    return cst.Param(
        cst.Name(patch.name),
        annotation=None if annotation is None else cst.Annotation(annotation),
        equal=cst.AssignEqual(space, space),
        default=parse_expression(patch.default),
        star="",
    )


def _named(arguments: ast.arguments) -> list[ast.arg]:
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]


def _expressions(view: View, node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[Span]:
    """The expressions between `def` and the colon, from left to right."""
    arguments = node.args
    listed = [*_named(arguments), arguments.vararg, arguments.kwarg]
    found: list[ast.expr | None] = [item.annotation for item in listed if item is not None]
    found += [*arguments.defaults, *arguments.kw_defaults, node.returns]
    spans = [view.node_span(each) for each in found if each is not None]
    return sorted(spans, key=lambda part: part.start)


def _skeleton(view: View, span: Span, parts: Sequence[Span]) -> str:
    """The text of a span, with marks for its parts."""
    text, end = "", span.start
    for number, part in enumerate(parts):
        text += view.text[end : part.start] + mark(number)
        end = part.end
    return text + view.text[end : span.end]


def _column(
    view: View,
    node: ast.FunctionDef | ast.AsyncFunctionDef,
    whole: Span,
    written: str,
    width: int,
) -> int | None:
    """Where a line of its own begins, for a parameter that makes a definition of one line too
    wide: below the first one."""
    listed = [*_named(node.args), node.args.vararg, node.args.kwarg]
    spans = [view.node_span(item) for item in listed if item is not None]
    if not spans:
        return None
    first, last = min(part.start for part in spans), max(part.end for part in spans)
    opening = view.text.rindex("(", whole.start, first)
    line = view.text[view.line_start(last) : view.line_end(last)]
    marked = node.args.vararg is not None or bool(node.args.kwonlyargs)
    added = len(written) + 2 + (0 if marked else 3)
    if len(line) + added <= width or "\n" in view.text[opening:last] or _hangs(view.text):
        return None
    return opening + 1 - view.line_start(opening)


def _hangs(text: str) -> bool:
    """True for a file that ends a line behind a bracket where it is too wide."""
    return len(_HANGING.findall(text)) > len(_ALIGNED.findall(text))
