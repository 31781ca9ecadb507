"""A file as the rewriter sees it: newlines are line feeds, and every place has its node.

LibCST is not byte-exact for lone carriage returns and for form feeds in an indentation. Neither
exists in a `View`; the edits are translated to the file as it is in the end.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from codemods.rewrite.comments import comments
from codemods.rewrite.error import RewriteError
from codemods.rewrite.trees import Parse, parsed, statements
from codemods.source import Place, SourceFile, Span

_FORM_FEED = re.compile(r"^[ \t]*\x0c[ \t\x0c]*", re.MULTILINE)
_BLANK_OR_COMMENT = re.compile(r"[ \t]*(#.*)?$")
_INDENT = re.compile(r"[ \t]*")


@dataclass(frozen=True)
class Block:
    """The statements of one suite.

    `span` runs from behind the header's colon (`inline`) or from the first line of the suite to
    the end of its last one. `spans` are those of the statements, with the comments at their ends.
    """

    statements: tuple[ast.stmt, ...]
    spans: tuple[Span, ...]
    span: Span
    indent: str
    inline: bool
    owner: ast.AST


class View:
    """The normalised text of `source`, its tree, and the way from places to nodes and back.

    Raises:
        RewriteError: if the file does not parse.
    """

    def __init__(self, source: SourceFile, parse: Parse | None = None) -> None:
        self.source = source
        self.parse = parse
        self._cuts: list[tuple[int, int]] = []
        self._blocks: dict[int, Block] = {}
        self.text = self._normalised()
        self.tree = parsed(self.text, source, parse)
        if "\x0c" in self.text:
            self._drop_form_feeds()
        whole = self.text == source.text
        self._lines = source if whole else SourceFile(source.path, source.encode(self.text))

    def _normalised(self) -> str:
        """The text with line feeds; `_cuts` says what was left out where."""
        original = self.source.text
        if "\r" not in original:
            return original
        for number, match in enumerate(re.finditer("\r\n", original)):
            self._cuts.append((match.start() - number, 1))
        return original.replace("\r\n", "\n").replace("\r", "\n")

    def _drop_form_feeds(self) -> None:
        """Leave out the form feeds of indentations, but none of a string."""
        inside: set[int] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant | ast.JoinedStr) and node.end_lineno:
                inside.update(range(node.lineno + 1, node.end_lineno + 1))
        lines = self.text.split("\n")
        cuts = []
        position = 0
        for row, line in enumerate(lines, 1):
            match = _FORM_FEED.match(line) if row not in inside else None
            if match:
                head = match.group()
                kept = head.rpartition("\x0c")[2]
                cuts.append((position, len(head) - len(kept)))
                lines[row - 1] = line[len(head) - len(kept) :]
            position += len(line) + 1
        self._cuts = _composed(self._cuts, cuts)
        self.text = "\n".join(lines)
        self.tree = parsed(self.text, self.source, self.parse)

    @cached_property
    def _shifts(self) -> tuple[list[int], list[int], list[int]]:
        """Where text was left out, in the view and in the file, and how much until then."""
        offsets, originals, sums = [], [], [0]
        for offset, length in sorted(self._cuts):
            offsets.append(offset)
            originals.append(offset + sums[-1])
            sums.append(sums[-1] + length)
        return offsets, originals, sums

    def to_file(self, offset: int) -> int:
        """The offset in the file of the character at `offset` of the view."""
        offsets, _, sums = self._shifts
        return offset + sums[bisect_left(offsets, offset)]

    def from_file(self, offset: int) -> int:
        """The offset in the view of the character at `offset` of the file."""
        _, originals, sums = self._shifts
        index = bisect_right(originals, offset)
        if not index:
            return offset
        cut = sums[index] - sums[index - 1]
        return offset - sums[index - 1] - min(cut, offset - originals[index - 1])

    def span_of(self, place: Place) -> Span:
        """The span in the view of a place in the file."""
        return Span(self.from_file(place.span.start), self.from_file(place.span.end))

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def node_span(self, node: ast.AST) -> Span:
        """The characters of a node; a decorated definition begins at its first `@`."""
        span = self._bare_span(node)
        decorators = getattr(node, "decorator_list", None)
        if decorators:
            first = self._bare_span(decorators[0]).start
            return Span(self.text.rindex("@", 0, first), span.end)
        return span

    def _bare_span(self, node: Any) -> Span:
        """The characters of a node, of a type that has a place."""
        return Span(
            self._lines.offset(node.lineno, node.col_offset),
            self._lines.offset(node.end_lineno, node.end_col_offset),
        )

    def line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """The offset of the newline that ends the line, or of the end of the text."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    def row_start(self, row: int) -> int:
        return self._lines.line_start(row)

    def row(self, offset: int) -> int:
        return self._lines.location(offset).row

    def indent_of_line(self, offset: int) -> str:
        match = _INDENT.match(self.text, self.line_start(offset))
        assert match is not None
        return match.group()

    @cached_property
    def _tops(self) -> tuple[list[int], list[int]]:
        """The indices of the module's statements that begin a line, and where these lines begin."""
        indices, offsets = [], []
        for index, node in enumerate(self.tree.body):
            start = self.node_span(node).start
            if not index:
                start = 0
            elif self.line_start(start) != start or self.continued(start):
                continue
            indices.append(index)
            offsets.append(start)
        return indices, offsets

    @property
    def boundaries(self) -> list[int]:
        """The offsets at which the file can be divided: where statements of the module begin.

        The first one is the beginning of the file.
        """
        return self._tops[1] or [0]

    def tops(self, first: int, last: int) -> list[ast.stmt]:
        """The module's statements between two of `boundaries`, given by their indices."""
        indices = [*self._tops[0], len(self.tree.body)]
        return self.tree.body[indices[first] : indices[min(last, len(indices) - 1)]]

    def path_to(self, span: Span) -> list[ast.AST]:
        """The nodes that contain `span`, from the module inwards."""
        first, last = self.row(span.start), self.row(span.end)
        path: list[ast.AST] = [self.tree]
        at = max(bisect_right(self.boundaries, span.start) - 1, 0)
        children: Iterable[ast.AST] = self.tops(at, at + 1)
        while True:
            for child in children:
                if self._contains(child, span, first, last):
                    path.append(child)
                    break
            else:
                return path
            children = ast.iter_child_nodes(path[-1])

    def _contains(self, node: ast.AST, span: Span, first: int, last: int) -> bool:
        if isinstance(node, ast.FormattedValue):
            # before 3.12 the place of each part of an f-string is that of the whole string
            return self._contains(node.value, span, first, last)
        if isinstance(node, ast.Constant):
            return self.node_span(node) == span
        start, end = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
        if start is None or end is None:
            # operators and contexts have no place; arguments, with-items and cases have parts
            return any(
                self._contains(child, span, first, last) for child in ast.iter_child_nodes(node)
            )
        for decorator in getattr(node, "decorator_list", ()):
            start = min(start, decorator.lineno)
        return start <= first and last <= end and self.node_span(node).contains(span)

    def statement(self, span: Span, place: Place) -> tuple[Block, int]:
        """The statement at `span`: its block and its index there."""
        path = self.path_to(span)
        for depth in range(len(path) - 1, 0, -1):
            node = path[depth]
            if isinstance(node, ast.stmt) and self._is_at(node, span):
                return self.block_of(path, depth, place)
        raise RewriteError("there is no statement at this place", place)

    def _is_at(self, node: ast.AST, span: Span) -> bool:
        return span in (self._bare_span(node), self.node_span(node))

    def path_to_expression(self, span: Span) -> list[ast.AST]:
        """The nodes from the module to the expression at `span`; empty where there is none."""
        path = self.path_to(span)
        for depth, node in enumerate(path):
            if isinstance(node, ast.expr) and self._is_at(node, span):
                in_string = any(isinstance(outer, ast.JoinedStr) for outer in path[:depth])
                return [] if in_string and not self._reads_as(node, span) else path[: depth + 1]
        return []

    def expression_at(self, span: Span) -> ast.AST | None:
        path = self.path_to_expression(span)
        return path[-1] if path else None

    def _reads_as(self, node: ast.AST, span: Span) -> bool:
        """Before 3.12 the positions inside f-strings are sometimes wrong."""
        try:
            read = ast.parse(f"({self.slice(span)})", mode="eval").body
        except SyntaxError:
            return False
        return ast.dump(read) == ast.dump(node)

    def block_of(self, path: list[ast.AST], depth: int, place: Place) -> tuple[Block, int]:
        """The block that holds the statement `path[depth]`, and the statement's index in it."""
        node, parent = path[depth], path[depth - 1]
        for _, value in ast.iter_fields(parent):
            if isinstance(value, list) and node in value:
                if self._is_elif(node):
                    raise RewriteError("an `elif` is not a statement of its own", place)
                return self.block(parent, value), value.index(node)
        raise AssertionError("a statement is in no block of its parent")

    def block_at(self, node: ast.stmt) -> tuple[Block, int]:
        """The block of a statement of the tree, and its index there."""
        path = self.path_to(self.node_span(node))
        return self.block_of(path, path.index(node), self.source_place(node))

    def line_statement(self, span: Span) -> tuple[Block, int]:
        """The innermost statement around `span` that begins a line of its block."""
        path = self.path_to(span)
        for depth in range(len(path) - 1, 0, -1):
            node = path[depth]
            if isinstance(node, ast.stmt) and not self._is_elif(node):
                block, index = self.block_of(path, depth, self.source_place(node))
                if not block.inline:
                    return block, index
        raise AssertionError("every statement is in a module")

    def source_place(self, node: ast.AST) -> Place:
        """The place of a node, for messages."""
        span = self.node_span(node)
        return Place(self.source.path, Span(self.to_file(span.start), self.to_file(span.end)))

    def _is_elif(self, node: ast.AST) -> bool:
        return isinstance(node, ast.If) and self.text.startswith("elif", self.node_span(node).start)

    def newline_at(self, offset: int) -> str:
        """The newline of the file's line that an offset of the view is on."""
        text = self.source.text
        end = self.to_file(self.line_end(offset))
        for newline in ("\r\n", "\n", "\r"):
            if text.startswith(newline, end):
                return newline
        return self.source.newline

    def block(self, owner: ast.AST, body: Sequence[ast.stmt]) -> Block:
        """The block that the statements `body` of `owner` are."""
        if id(body) not in self._blocks:
            self._blocks[id(body)] = self._block(owner, tuple(body))
        return self._blocks[id(body)]

    def _block(self, owner: ast.AST, statements: tuple[ast.stmt, ...]) -> Block:
        first = self.node_span(statements[0]).start
        start = self.line_start(first)
        indent = self.text[start:first]
        inline = bool(indent.strip()) or self.continued(start)
        if isinstance(owner, ast.Module):
            inline, indent, start = False, "", 0
        spans = tuple(
            self._with_comments(self.node_span(statement), len(indent)) for statement in statements
        )
        end = min(self.line_end(spans[-1].end) + 1, len(self.text))
        if inline:
            head = re.compile(r"(?:[ \t]|\\\n)*\Z").search(self.text[:first])
            assert head is not None
            header = owner.pattern if isinstance(owner, ast.match_case) else owner
            outer = self.indent_of_line(self.node_span(header).start)
            span = Span(head.start(), end)
            return Block(statements, spans, span, outer + self.indent, True, owner)
        while start and _BLANK_OR_COMMENT.match(self._line_above(start)):
            start = self.line_start(start - 1)
        return Block(statements, spans, Span(start, end), indent, False, owner)

    def continued(self, start: int) -> bool:
        """Whether the line that begins at an offset goes on from the one above."""
        above = self._line_above(start) if start else ""
        return above.endswith("\\") and not comments(above)

    def _line_above(self, start: int) -> str:
        return self.text[self.line_start(start - 1) : start - 1]

    def _with_comments(self, span: Span, depth: int) -> Span:
        """The span with the comments below it that are indented more deeply: they are its own."""
        end, position = span.end, self.line_end(span.end)
        while position < len(self.text):
            next_end = self.line_end(position + 1)
            line = self.text[position + 1 : next_end]
            stripped = line.lstrip(" \t")
            if stripped.startswith("#") and len(line) - len(stripped) > depth:
                end = next_end
            elif stripped:
                break
            position = next_end
        return Span(span.start, end)

    @cached_property
    def indent(self) -> str:
        """One step of the file's indentation: the one of most of its blocks."""
        counts: dict[str, int] = {}
        for outer in statements(self.tree.body):
            inner = next(iter(getattr(outer, "body", ())), None)
            if not isinstance(inner, ast.stmt):
                continue
            head = self.text[self._lines.line_start(outer.lineno) :][: outer.col_offset]
            body = self.text[self._lines.line_start(inner.lineno) :][: inner.col_offset]
            line = self._lines.line(inner.lineno - 1) if inner.lineno > 1 else ""
            if (
                outer.lineno < inner.lineno
                and not line.endswith("\\")
                and body.startswith(head)
                and not body.strip()
            ):
                step = body[len(head) :]
                counts[step] = counts.get(step, 0) + 1
        return max(counts, key=lambda step: counts[step]) if counts else "    "


def _composed(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cuts that were made one after the other, as if made at once."""
    offsets = [offset for offset, _ in second]
    sums = [0]
    for _, length in second:
        sums.append(sums[-1] + length)
    both = [*first, *second]
    return [(offset - sums[bisect_left(offsets, offset)], length) for offset, length in both]
