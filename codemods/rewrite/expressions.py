"""Replace, Chain and AddArguments: one transformer each, on the expression at a place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

import libcst as cst

from codemods.rewrite.arguments import AddingArguments, lone_generator
from codemods.rewrite.error import RewriteError
from codemods.rewrite.parsing import (
    OnRoot,
    expression_code,
    mark,
    needs_no_parentheses,
    parenthesised,
    parse_expression,
    same_meaning,
)
from codemods.rewrite.splices import Side, Splice, gaps
from codemods.rewrite.view import View
from codemods.source import Span

_GAP = r"(?:[ \t]|\\\n|\n|#[^\n]*(?=\n))*"
_DOT_AFTER = re.compile(rf"({_GAP})\.({_GAP})")
_DOT_AT_END = re.compile(rf"({_GAP})\.({_GAP})\Z")
_OPENING = re.compile(rf"\({_GAP}\Z")
_CLOSING = re.compile(rf"{_GAP}\)")


class Replacing(OnRoot):
    """Puts one expression where another is."""

    def __init__(self, code: cst.BaseExpression) -> None:
        super().__init__()
        self._code = code

    def change(self, node: cst.CSTNode) -> cst.CSTNode:
        return self._code


class Chaining(OnRoot):
    """Calls a method on an expression."""

    def __init__(
        self, method: str, arguments: Iterable[cst.BaseExpression], dot: cst.Dot | None = None
    ) -> None:
        super().__init__()
        self._method = method
        self._arguments = [cst.Arg(argument) for argument in arguments]
        self._dot = dot or cst.Dot()

    def change(self, node: cst.CSTNode) -> cst.CSTNode:
        assert isinstance(node, cst.BaseExpression)
        method = cst.Attribute(node, cst.Name(self._method), self._dot)
        return cst.Call(method, self._arguments)


def chained(
    node: cst.BaseExpression, method: str, arguments: Sequence[cst.BaseExpression]
) -> cst.BaseExpression:
    """A copied node with a call of `method`, in parentheses if it needs them."""
    whole = node if needs_no_parentheses(node) else parenthesised(node)
    return _visited(whole, Chaining(method, arguments))


def extended(
    node: cst.BaseExpression, arguments: Sequence[cst.BaseExpression]
) -> cst.BaseExpression:
    """A copied call with more arguments."""
    if not isinstance(node, cst.Call):
        raise RewriteError("arguments are added to what is not a call")
    return _visited(node, AddingArguments(arguments))


def _visited(node: cst.BaseExpression, transformer: OnRoot) -> cst.BaseExpression:
    changed = node.visit(transformer)
    assert isinstance(changed, cst.BaseExpression)
    return changed


class Expressions:
    """The splices of expression verbs in one view."""

    def __init__(self, view: View) -> None:
        self._view = view

    def replace(self, span: Span, code: cst.BaseExpression) -> Splice:
        """Put `code` at `span`, without parentheses that only the old expression needed."""
        view, path = self._view, self._view.path_to_expression(span)
        span = self.whole(path, span)
        node = _visited(parse_expression(mark(0)), Replacing(code))
        wanted = parenthesised(node)
        indent = view.indent_of_line(span.start)
        bare, wrapped = (expression_code(part, indent, view.indent) for part in (node, wanted))
        if _glued(view.text, span):
            return Splice(span.start, span.end, wrapped)
        if needs_no_parentheses(node):
            return Splice(span.start, span.end, bare)
        keep = isinstance(node, cst.Tuple | cst.Yield) and not node.lpar
        fits = not keep and self._fits(path, span, bare, wrapped)
        return Splice(span.start, span.end, bare if fits else wrapped)

    def _fits(self, path: list[ast.AST], span: Span, bare: str, wrapped: str) -> bool:
        """Whether the code around means the same without parentheses."""
        view = self._view
        root = next(node for node in path if isinstance(node, ast.expr))
        whole = view.node_span(root)
        if not whole.contains(span) or whole == span or root is path[-1]:
            return same_meaning(f"_ = {bare}", f"_ = {wrapped}")
        before, after = view.text[whole.start : span.start], view.text[span.end : whole.end]
        first, second = f"{before}{bare}{after}", f"{before}{wrapped}{after}"
        if "\n" in view.slice(whole):
            first, second = f"({first})", f"({second})"
        return same_meaning(f"_ = {first}", f"_ = {second}")

    def chain(
        self, span: Span, method: str, arguments: Sequence[cst.BaseExpression]
    ) -> Iterator[Splice]:
        """Call `method` on the expression at `span`, on a line of its own among such lines."""
        view = self._view
        path = view.path_to_expression(span)
        text = view.slice(span)
        whole = same_meaning(f"(({text}).m)", f"({text}.m)")
        if not whole and (grouped := self.grouped(path, span)):
            span, whole = grouped, True
        at, dot = self._dot(path[-1], span)
        target: cst.BaseExpression = cst.Name(mark(0))
        if not whole:
            target = parenthesised(target)
        node = _visited(target, Chaining(method, arguments, dot))
        indent = view.indent_of_line(span.start)
        start, _, end = expression_code(node, indent, view.indent).partition(mark(0))
        extent = span.end - span.start
        if start:
            yield Splice(span.start, span.start, start, Side.START, extent)
        yield Splice(at, at, end, Side.END, extent)

    def _dot(self, node: ast.AST, span: Span) -> tuple[int, cst.Dot]:
        """Where the call is written, and its dot: like those of the links around it."""
        view = self._view
        after = _DOT_AFTER.match(view.text, span.end)
        if after and "\n" in after[0]:
            beside, _, _ = after[1].partition("\n")
            at = span.end + (len(beside) if "#" in beside else 0)
            return at, _dot_like(after)
        link = node.func if isinstance(node, ast.Call) else node
        if isinstance(link, ast.Attribute):
            start = view.node_span(link.value).end
            end = view.node_span(link).end - len(link.attr)
            own = _DOT_AT_END.search(view.text[start:end])
            if own and "\n" in own[0]:
                return span.end, _dot_like(own)
        return span.end, cst.Dot()

    def add_arguments(
        self, span: Span, arguments: Sequence[cst.BaseExpression]
    ) -> Iterator[Splice]:
        """Append arguments to the call at `span`, in the layout of those that it has."""
        view = self._view
        call = view.expression_at(span)
        if not isinstance(call, ast.Call):
            raise RewriteError("arguments are added to what is not a call")
        given = sorted([*call.args, *(word.value for word in call.keywords)], key=_position)
        spans = [view.node_span(node) for node in given]
        lone = lone_generator(call) and spans[0].end == span.end
        if lone:
            spans = [Span(spans[0].start + 1, spans[0].end - 1)]
        parts = [view.node_span(call.func), *spans]
        text, end = "", span.start
        for number, part in enumerate(parts):
            text += view.text[end : part.start] + mark(number)
            end = part.end
        indent = view.indent_of_line(span.start)
        skeleton = parse_expression(text + view.text[end : span.end], indent)
        known = {mark(number): view.slice(part) for number, part in enumerate(parts)}
        changed = _visited(skeleton, AddingArguments(arguments, known, lone))
        code = expression_code(changed, indent, view.indent)
        yield from gaps(view.text, span, parts, code)

    def whole(self, path: list[ast.AST], span: Span) -> Span:
        """The span with the parentheses that only group it, and without those of a call."""
        node = path[-1]
        if isinstance(node, ast.GeneratorExp) and isinstance(path[-2], ast.Call):
            call = path[-2]
            if lone_generator(call) and self._view.node_span(call).end == span.end:
                return Span(span.start + 1, span.end - 1)
        grouped: Span | None = span
        while grouped:
            span = grouped
            grouped = self.grouped(path, span)
        return span

    def grouped(self, path: list[ast.AST], span: Span) -> Span | None:
        """The span with the parentheses directly around it, unless they are those of a call."""
        text = self._view.text
        before = _OPENING.search(text, self._some_lines_above(span.start), span.start)
        after = _CLOSING.match(text, span.end)
        if not before or not after:
            return None
        node, parent = path[-1], path[-2]
        is_argument = isinstance(parent, ast.Call) and node is not parent.func
        if is_argument or isinstance(parent, ast.ClassDef):
            outside = text[: before.start()].rstrip()
            if not outside.endswith(("(", ",")):
                return None
        return Span(before.start(), after.end())

    def _some_lines_above(self, offset: int) -> int:
        for _ in range(5):
            offset = max(self._view.text.rfind("\n", 0, offset), 0)
        return offset


def _glued(text: str, span: Span) -> bool:
    """Whether parentheses at the ends of `span` separate it from a word."""
    before, after = text[max(span.start - 1, 0) : span.start + 1], text[span.end - 1 : span.end + 1]
    return bool(re.match(r"\w\(", before) or re.match(r"\)\w", after))


def _dot_like(match: re.Match[str]) -> cst.Dot:
    return cst.Dot(_whitespace(match[1]), _whitespace(match[2]))


def _whitespace(text: str) -> cst.BaseParenthesizableWhitespace:
    last = cst.SimpleWhitespace(text.rpartition("\n")[2])
    if "\\\n" in text:
        return cst.SimpleWhitespace(f" \\\n{last.value}")
    if "\n" in text:
        return cst.ParenthesizedWhitespace(indent=False, last_line=last)
    return last


def _position(node: ast.expr) -> tuple[int, int]:
    return node.lineno, node.col_offset
