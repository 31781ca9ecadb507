"""Lines that new code made too wide, in files that have a style of their own."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

import libcst as cst

from codemods.rewrite.breaking import Breaker
from codemods.rewrite.comments import without_strings
from codemods.rewrite.parsing import (
    expression_code,
    mark,
    parse_copied,
    parse_expression,
    same_meaning,
    statements_code,
)
from codemods.rewrite.regions import Region
from codemods.rewrite.splices import Splice, gaps, spliced
from codemods.rewrite.view import View
from codemods.source import SourceFile, Span


def wrapped(view: View, region: Region, width: int) -> str:
    """A region's text with those lines broken that have new code and exceed `width`.

    `view` is the file before.
    """
    text, lines = region.text, region.text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines[:-1])]
    rows = {
        row
        for span in region.new
        for row in range(bisect_right(starts, span.start), bisect_right(starts, span.end) + 1)
        if len(lines[row - 1]) > width
    }
    if not rows:
        return text
    source = view.source
    # only the top of a file can say how it is encoded
    data = text.encode("utf-8") if region.old.start else source.encode(text)
    after = View(SourceFile(source.path, data), view.parse)
    splices: list[Splice] = []
    for row in sorted(rows):
        found = list(_Line(after, row, width, view.indent).splices())
        if not any(_overlap(one, other) for one in found for other in splices):
            splices += found
    return spliced(text, splices)


def _overlap(one: Splice, other: Splice) -> bool:
    return Span(one.start, one.end).overlaps(Span(other.start, other.end))


class _Line:
    """One line that is too wide."""

    def __init__(self, view: View, row: int, width: int, step: str) -> None:
        self._view = view
        self._row = row
        self._start = view.row_start(row)
        self._end = view.line_end(self._start)
        indent = view.indent_of_line(self._start)
        path = view.path_to(Span(self._start + len(indent), self._start + len(indent)))
        self._path = path
        self._statement = next((n for n in reversed(path) if isinstance(n, ast.stmt)), None)
        outer = indent
        if self._statement:
            outer = view.indent_of_line(view.node_span(self._statement).start)
        self._indent = outer
        self._level = indent.removeprefix(outer)
        self._breaker = Breaker(outer, step, width)
        self._step = step
        self._width = width

    def splices(self) -> Iterator[Splice]:
        """What breaks the widest expression of the line."""
        if self._statement is None:
            return
        if isinstance(self._statement, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (found := list(self._definition(self._statement)))
            if found:
                return
        if isinstance(self._statement, ast.Assign):
            yield from (targets := list(self._targets(self._statement)))
            if targets:
                return
        candidates = list(self._candidates(self._statement, True))
        if candidates:
            node, is_whole = max(candidates, key=lambda item: self._length(item[0]))
            yield from self._broken(node, is_whole)

    def _definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Splice]:
        """What breaks the line at the function's parameters, if it is all of the function's head
        and has no comment."""
        line = self._view.text[self._start : self._end]
        if self._row != node.lineno or not line.endswith(":") or "#" in line:
            return
        (old,) = parse_copied(f"{line} ...", self._indent)
        new = self._breaker.definition(cst.ensure_type(old, cst.FunctionDef))
        if new is not old:
            code = statements_code([new], self._indent, self._step)
            yield Splice(self._start, self._end, code.removesuffix(" ...\n"))

    def _targets(self, node: ast.Assign) -> Iterator[Splice]:
        """What puts the targets of an assignment on lines of their own, if there are too many for
        one and the rest of the line fits."""
        target = node.targets[0]
        span = self._view.node_span(target)
        if not isinstance(target, ast.Tuple) or self._view.text[span.start] == "(":
            return
        if self._view.row(span.start) != self._row or self._view.row(span.end) != self._row:
            return
        before, behind = span.start - self._start, self._end - span.end
        room = self._width - before
        if len(node.targets) > 1 or span.end - span.start + len(" = (") <= room or behind > room:
            return
        inner = f"\n{self._indent}{self._step}"
        lines = "".join(f"{inner}{self._view.slice(self._view.node_span(e))}," for e in target.elts)
        yield Splice(span.start, span.end, f"({lines}\n{self._indent})")

    def _candidates(self, node: ast.AST, is_whole: bool) -> Iterator[tuple[ast.expr, bool]]:
        """Expressions that begin and end on the line, and calls whose arguments do.

        With each, whether it is no part of another expression.
        """
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt | ast.JoinedStr):
                continue
            if isinstance(child, ast.expr):
                if self._view.row(self._view.node_span(child).end) < self._row:
                    continue
                if isinstance(getattr(child, "ctx", None), ast.Store):
                    continue
                if self._view.row(self._head(child)) == self._row == child.end_lineno:
                    yield child, is_whole
                    continue
            yield from self._candidates(child, is_whole and not isinstance(child, ast.expr))

    def _head(self, node: ast.expr) -> int:
        """The offset at which the part of an expression begins that can be broken."""
        span = self._view.node_span(node)
        if isinstance(node, ast.Call) and self._view.row(span.start) != self._row:
            return self._view.node_span(node.func).end
        return span.start

    def _length(self, node: ast.expr) -> int:
        return self._view.node_span(node).end - self._head(node)

    def _broken(self, node: ast.expr, is_whole: bool) -> Iterator[Splice]:
        whole = self._view.node_span(node)
        span = Span(self._head(node), whole.end)
        parts = [Span(whole.start, span.start)] if whole != span else []
        head = mark(0) if parts else ""
        old = parse_expression(head + self._view.slice(span), self._indent)
        if "\n" in expression_code(old):
            return
        bracketed, space = bool(parts) or self._in_brackets(span.start), self._continuation()
        if is_whole or (bracketed and not space):
            column, tail = span.start - self._start - len(head), self._end - span.end
            first = bracketed and self._row == self._statement_row
            level = self._level or (self._step if first else "")
            new = self._breaker.broken(old, column, tail, level, bracketed)
        else:
            new = self._breaker.continued(old, self._level, space)
        if same_meaning(f"_ = ({expression_code(old)})", f"_ = ({expression_code(new)})"):
            code = expression_code(new, self._indent, self._step)
            yield from gaps(self._view.text, whole if parts else span, parts, code)

    @property
    def _statement_row(self) -> int | None:
        return self._statement.lineno if self._statement is not None else None

    def _in_brackets(self, offset: int) -> bool:
        """Whether lines may end at an offset of the statement."""
        assert self._statement is not None
        text = self._view.text[self._view.node_span(self._statement).start : offset]
        code = without_strings(text)
        return sum(code.count(left) - code.count(right) for left, right in ("()", "[]", "{}")) > 0

    def _continuation(self) -> str:
        """What ends the line and begins the next one, if a backslash continues it."""
        line = self._view.text[self._start : self._end]
        if not line.endswith("\\"):
            return ""
        space = line[len(line[:-1].rstrip()) :]
        return f"{space}\n{self._view.indent_of_line(self._end + 1)}"
