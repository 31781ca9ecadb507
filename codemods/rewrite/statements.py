"""InsertBefore, InsertAfter, Remove and Replace of statements: one transformer each.

They work on a block in which a mark stands for every statement: what stands inside the
statements is neither parsed nor touched.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import libcst as cst

from codemods.rewrite.comments import comments
from codemods.rewrite.parsing import OnRoot, Statement, changed, mark, parse_module, statements_code
from codemods.rewrite.parts import parts_around
from codemods.rewrite.splices import Splice, gaps
from codemods.rewrite.view import Block, View

_Container: TypeAlias = cst.Module | cst.IndentedBlock
_Lines: TypeAlias = list[Statement]

# Comments that mean something to a tool only where they stand.
_PRAGMA = re.compile(r"#\s*(noqa|type:|pylint:|pragma|nosec|fmt:|mypy:|pyright:|isort:|minusn:)")


@dataclass(frozen=True, slots=True)
class Inserted:
    """Statements to insert; `blank_…` is the least number of blank lines there."""

    statements: Sequence[Statement]
    blank_before: int = 0
    blank_after: int = 0


@dataclass
class Plan:
    """What happens to one statement of a block.

    `replacement` takes its place (an empty one: it is removed). `comments` stood in what goes,
    and are kept above the statement; `taken` are those above it that other code has.
    """

    before: list[Inserted] = field(default_factory=list)
    after: list[Inserted] = field(default_factory=list)
    replacement: Sequence[Statement] | None = None
    comments: list[str] = field(default_factory=list)
    taken: Sequence[str] = ()
    keeps_trailing_comment: bool = False

    @property
    def stays_on_line(self) -> bool:
        """Whether the statement can go on to share its line with others."""
        if self.before or self.after or self.comments:
            return False
        return not self.replacement or _small(self.replacement) is not None


def block_splices(view: View, block: Block, plans: Mapping[int, Plan]) -> Iterator[Splice]:
    """The splices of `plans`, given by the statement's index in `block`."""
    for part in parts_around(view, block, sorted(plans)):
        first = block.statements.index(part.statements[0])
        inside = range(first, first + len(part.statements))
        yield from _part_splices(view, part, {i - first: plans[i] for i in plans if i in inside})


def _part_splices(view: View, block: Block, plans: Mapping[int, Plan]) -> Iterator[Splice]:
    head = "if 1:" if block.inline else "if 1:\n" if block.indent else "pass\n"
    module = parse_module(head + _skeleton(view, block))
    if not block.indent:
        result = cst.ensure_type(_planned(module, plans), cst.Module)
    else:
        wrapper = cst.ensure_type(module.body[0], cst.If)
        suite: cst.CSTNode = wrapper.body
        if isinstance(suite, cst.SimpleStatementSuite) and not _fits_suite(plans):
            suite = changed(suite, Expanding())
        suite = _planned(suite, plans)
        if isinstance(suite, cst.IndentedBlock):
            suite = suite.with_changes(indent=block.indent)
        result = module.with_changes(body=[wrapper.with_changes(body=suite)])
    code = result.with_changes(default_indent=view.indent).code
    yield from gaps(view.text, block.span, block.spans, code[len(head) :])


def _skeleton(view: View, block: Block) -> str:
    pieces: list[str] = []
    position = block.span.start
    for number, span in enumerate(block.spans):
        pieces += view.text[position : span.start], mark(number)
        position = span.end
    return "".join(pieces) + view.text[position : block.span.end]


def _fits_suite(plans: Mapping[int, Plan]) -> bool:
    return all(plan.stays_on_line for plan in plans.values())


def _planned(container: cst.CSTNode, plans: Mapping[int, Plan]) -> cst.CSTNode:
    for number, plan in sorted(plans.items()):
        name = mark(number)
        if not plan.stays_on_line:
            goes = plan.replacement is not None
            before, after = bool(plan.before), bool(plan.after)
            container = changed(container, Splitting(name, before or goes, after or goes))
        for inserted in plan.before:
            container = changed(container, InsertingBefore(name, inserted))
        for inserted in reversed(plan.after):
            container = changed(container, InsertingAfter(name, inserted))
        if plan.comments:
            container = changed(container, Commenting(name, plan.comments))
        if plan.replacement:
            keeps = plan.keeps_trailing_comment
            container = changed(container, Replacing(name, plan.replacement, keeps))
        elif plan.replacement is not None:
            container = changed(container, Removing(name, plan.taken))
    return container


class Expanding(OnRoot):
    """Makes a block of lines out of a suite that follows its colon."""

    def change(self, node: cst.CSTNode) -> cst.CSTNode:
        suite = cst.ensure_type(node, cst.SimpleStatementSuite)
        line = cst.SimpleStatementLine(suite.body, trailing_whitespace=suite.trailing_whitespace)
        return cst.IndentedBlock([line])


class _InBlock(OnRoot, ABC):
    """Changes the lines of a block at the one that holds the statement with a mark."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def change(self, node: cst.CSTNode) -> cst.CSTNode:
        assert isinstance(node, cst.Module | cst.IndentedBlock)
        lines: _Lines = [line for line in node.body if isinstance(line, Statement)]
        index = next(index for index, line in enumerate(lines) if self._position(line) >= 0)
        return self.on_block(node, lines, index)

    def _position(self, line: cst.CSTNode) -> int:
        """The index of the statement on its line, -1 on another one."""
        if isinstance(line, cst.SimpleStatementLine):
            for index, small in enumerate(line.body):
                if (
                    isinstance(small, cst.Expr)
                    and isinstance(small.value, cst.Name)
                    and small.value.value == self._name
                ):
                    return index
        return -1

    @abstractmethod
    def on_block(self, block: _Container, lines: _Lines, index: int) -> _Container:
        """The block with other lines in place of `lines`, where the one at `index` is meant."""


class _OnLine(_InBlock, ABC):
    """Changes the line that holds the statement with a mark, which may follow a colon."""

    def change(self, node: cst.CSTNode) -> cst.CSTNode:
        if not isinstance(node, cst.SimpleStatementSuite):
            return super().change(node)
        line = cst.SimpleStatementLine(node.body)
        line = cst.ensure_type(self.on_line(line, self._position(line)), cst.SimpleStatementLine)
        return node.with_changes(body=line.body)

    def on_block(self, block: _Container, lines: _Lines, index: int) -> _Container:
        line = cst.ensure_type(lines[index], cst.SimpleStatementLine)
        lines[index] = self.on_line(line, self._position(line))
        return block.with_changes(body=lines)

    @abstractmethod
    def on_line(self, line: cst.SimpleStatementLine, at: int) -> Statement:
        """The line with another statement in place of the one at index `at`."""


class Splitting(_InBlock):
    """Divides a line of several statements before and after the marked one."""

    def __init__(self, name: str, before: bool, after: bool) -> None:
        super().__init__(name)
        self._before, self._after = before, after

    def on_block(self, block: _Container, lines: _Lines, index: int) -> _Container:
        line = cst.ensure_type(lines[index], cst.SimpleStatementLine)
        at = self._position(line)
        cuts = [0, *([at] if self._before else []), *([at + 1] if self._after else [])]
        ends = [*cuts[1:], len(line.body)]
        parts = [list(line.body[i:j]) for i, j in zip(cuts, ends, strict=True) if i < j]
        new = [cst.SimpleStatementLine(_ended(part)) for part in parts[:-1]]
        new.append(line.with_changes(body=parts[-1], leading_lines=[]))
        new[0] = new[0].with_changes(leading_lines=line.leading_lines)
        return block.with_changes(body=[*lines[:index], *new, *lines[index + 1 :]])


class InsertingBefore(_InBlock):
    """Puts statements above a statement and the comments that belong to it."""

    def __init__(self, name: str, inserted: Inserted) -> None:
        super().__init__(name)
        self._inserted = inserted

    def on_block(self, block: _Container, lines: _Lines, index: int) -> _Container:
        target = lines[index]
        above, own = _own_comments(target)
        if isinstance(block, cst.Module) and index == _first(block) and not above:
            # the comment at the top of a file is the file's
            above, own = own, above
        new = with_leading(self._inserted.statements, above)
        if index > _first(block):
            new = _with_blank_lines(new, self._inserted.blank_before)
        blank = [cst.EmptyLine(indent=False)] * self._inserted.blank_after
        target = target.with_changes(leading_lines=[*blank, *own])
        return block.with_changes(body=[*lines[:index], *new, target, *lines[index + 1 :]])


class InsertingAfter(_InBlock):
    """Puts statements below a statement."""

    def __init__(self, name: str, inserted: Inserted) -> None:
        super().__init__(name)
        self._inserted = inserted

    def on_block(self, block: _Container, lines: _Lines, index: int) -> _Container:
        new = _with_blank_lines(list(self._inserted.statements), self._inserted.blank_before)
        below = lines[index + 1 :]
        if below:
            below[:1] = _with_blank_lines(below[:1], self._inserted.blank_after)
        return block.with_changes(body=[*lines[: index + 1], *new, *below])


class Commenting(_OnLine):
    """Puts comments on lines of their own directly above a statement."""

    def __init__(self, name: str, lost: Sequence[str]) -> None:
        super().__init__(name)
        self._comments = lost

    def on_line(self, line: cst.SimpleStatementLine, at: int) -> Statement:
        return line.with_changes(leading_lines=[*line.leading_lines, *_lines_of(self._comments)])


class Replacing(_OnLine):
    """Puts statements where a statement is."""

    def __init__(self, name: str, statements: Sequence[Statement], keeps_comment: bool) -> None:
        super().__init__(name)
        self._statements = statements
        self._keeps_comment = keeps_comment

    def on_block(self, block: _Container, lines: _Lines, index: int) -> _Container:
        line = cst.ensure_type(lines[index], cst.SimpleStatementLine)
        if len(line.body) > 1:
            return super().on_block(block, lines, index)
        new = with_leading(self._statements, line.leading_lines)
        comment = line.trailing_whitespace.comment
        last = new[-1]
        pragma = comment and (self._keeps_comment or _PRAGMA.match(comment.value))
        if comment and pragma and isinstance(last, cst.SimpleStatementLine):
            new[-1] = last.with_changes(trailing_whitespace=line.trailing_whitespace)
        elif comment and comment.value not in comments(
            statements_code(self._statements, "", "    ")
        ):
            kept = [*line.leading_lines, *_lines_of([comment.value])]
            new = with_leading(self._statements, kept)
        return block.with_changes(body=[*lines[:index], *new, *lines[index + 1 :]])

    def on_line(self, line: cst.SimpleStatementLine, at: int) -> Statement:
        small = _small(self._statements)
        assert small is not None
        new = small.with_changes(semicolon=line.body[at].semicolon)
        return line.with_changes(body=[*line.body[:at], new, *line.body[at + 1 :]])


class Removing(_OnLine):
    """Removes a statement; the comments above it and behind it stay, but for those `taken`."""

    def __init__(self, name: str, taken: Sequence[str] = ()) -> None:
        super().__init__(name)
        self._taken = taken

    def on_block(self, block: _Container, lines: _Lines, index: int) -> _Container:
        line = cst.ensure_type(lines[index], cst.SimpleStatementLine)
        first = _first(block)
        if len(line.body) > 1 or (len(lines) == 1 and not first):
            return super().on_block(block, lines, index)
        behind = line.trailing_whitespace.comment
        about = [*line.leading_lines, *_lines_of([behind.value] if behind else [])]
        kept = [x for x in about if not x.comment or x.comment.value not in self._taken]
        rest = [*lines[:index], *lines[index + 1 :]]
        if index == len(lines) - 1:
            if not any(empty.comment for empty in kept):
                kept = []
            return block.with_changes(body=rest, footer=[*kept, *block.footer])
        following = _leading(lines[index + 1])
        if not any(empty.comment for empty in kept):
            blank = min(
                len(kept) if index > first else _blank_lines(following), _blank_lines(following)
            )
            following = following[blank:]
        rest[index] = lines[index + 1].with_changes(leading_lines=[*kept, *following])
        return block.with_changes(body=rest)

    def on_line(self, line: cst.SimpleStatementLine, at: int) -> Statement:
        body = _ended([*line.body[:at], *line.body[at + 1 :]])
        if body and at < len(line.body) - 1:
            body[-1] = line.body[-1]
        comment = line.trailing_whitespace.comment
        if body or not comment:
            return line.with_changes(body=body or [cst.Pass()])
        return cst.SimpleStatementLine(
            [cst.Pass()], leading_lines=[*line.leading_lines, *_lines_of([comment.value])]
        )


def _small(statements: Sequence[Statement]) -> cst.BaseSmallStatement | None:
    """The one simple statement that `statements` are, if it has no comments."""
    line = statements[0]
    if len(statements) > 1 or not isinstance(line, cst.SimpleStatementLine):
        return None
    if len(line.body) > 1 or line.leading_lines or line.trailing_whitespace.comment:
        return None
    return line.body[0]


def _ended(body: Sequence[cst.BaseSmallStatement]) -> list[cst.BaseSmallStatement]:
    """The statements of a line without a semicolon behind the last one."""
    last = [small.with_changes(semicolon=cst.MaybeSentinel.DEFAULT) for small in body[-1:]]
    return [*body[:-1], *last]


def _first(block: _Container) -> int:
    """The index of a block's first statement: in a module a `pass` holds what is above it."""
    return 1 if isinstance(block, cst.Module) else 0


def _leading(statement: Statement) -> list[cst.EmptyLine]:
    return list(getattr(statement, "leading_lines", ()))


def with_leading(statements: Sequence[Statement], lines: Sequence[cst.EmptyLine]) -> _Lines:
    """The statements with `lines` above the first one's own comments."""
    first, *rest = statements
    return [first.with_changes(leading_lines=[*lines, *_leading(first)]), *rest]


def _with_blank_lines(statements: _Lines, count: int) -> _Lines:
    """The statements with at least so many blank lines above them."""
    missing = count - _blank_lines(_leading(statements[0]))
    return with_leading(statements, [cst.EmptyLine(indent=False)] * missing)


def _blank_lines(lines: Sequence[cst.EmptyLine]) -> int:
    """How many blank lines `lines` begin with."""
    return next((n for n, line in enumerate(lines) if line.comment), len(lines))


def _lines_of(found: Sequence[str]) -> list[cst.EmptyLine]:
    return [cst.EmptyLine(comment=cst.Comment(comment)) for comment in found]


def _own_comments(
    statement: Statement,
) -> tuple[list[cst.EmptyLine], list[cst.EmptyLine]]:
    """The lines above a statement: what is not its own, and the comments directly above it."""
    lines = _leading(statement)
    at = len(lines)
    while at and lines[at - 1].comment and not lines[at - 1].whitespace.value:
        at -= 1
    return lines[:at], lines[at:]
