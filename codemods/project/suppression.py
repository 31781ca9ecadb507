"""`# minusn: ignore[rule]`: what a file's author does not want to hear about."""

from __future__ import annotations

import io
import re
import tokenize
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from codemods.source import SourceFile, Span

_MARK = re.compile(r"#\s*minusn:\s*ignore(-file)?(?![\w-])(?:\s*\[([^\]]*)\])?", re.IGNORECASE)
_LAYOUT = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING)


@dataclass(frozen=True)
class Suppressions:
    """The comments of one file. Each holds the rules that it names; none means all of them."""

    whole_file: tuple[frozenset[str], ...] = ()
    rows: tuple[tuple[int, frozenset[str]], ...] = ()
    statements: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    def suppress(self, code: str, name: str, source: SourceFile, spans: Iterable[Span]) -> bool:
        """True if the rule is not wanted in this file, or in the statements at these spans."""
        if any(_names(rules, code, name) for rules in self.whole_file):
            return True
        if not self.rows:
            return False
        ranges = [self._statement(source.location(span.start).row) for span in spans]
        return any(
            first <= row <= last and _names(rules, code, name)
            for row, rules in self.rows
            for first, last in ranges
        )

    def without_file_marks(self) -> Suppressions:
        """The comments that hold for statements, for a file that a finding merely touches."""
        return replace(self, whole_file=())

    def _statement(self, row: int) -> tuple[int, int]:
        """The rows of the simple statement, or of the compound one's head, that `row` is in."""
        position = bisect_right(self.statements, row, key=lambda rows: rows[0]) - 1
        if position >= 0 and self.statements[position][1] >= row:
            return self.statements[position]
        return row, row


NOTHING = Suppressions()


def read_suppressions(source: SourceFile) -> Suppressions:
    """The suppressing comments of a file; what merely looks like one in a string is none."""
    if b"minusn:" not in source.data:
        return NOTHING
    whole: list[frozenset[str]] = []
    rows: list[tuple[int, frozenset[str]]] = []
    statements: list[tuple[int, int]] = []
    start = 0
    for token in _tokens(source):
        row = token.start[0]
        if token.type == tokenize.COMMENT and (match := _MARK.search(token.string)):
            rules = frozenset(re.findall(r"[\w-]+", (match.group(2) or "").lower()))
            if match.group(1):
                whole.append(rules)
            else:
                rows.append((row, rules))
        if token.type == tokenize.NEWLINE:
            statements.append((start, row))
            start = 0
        elif token.type not in _LAYOUT and not start:
            start = row
    return Suppressions(tuple(whole), tuple(rows), tuple(statements))


def _tokens(source: SourceFile) -> Iterator[tokenize.TokenInfo]:
    """The tokens up to where the file stops being Python that this interpreter knows."""
    lines = "".join(f"{source.line(row)}\n" for row in range(1, source.rows + 1))
    try:
        yield from tokenize.generate_tokens(io.StringIO(lines).readline)
    except (tokenize.TokenError, SyntaxError):
        return


def _names(rules: frozenset[str], code: str, name: str) -> bool:
    return not rules or any(name == rule or code.lower().startswith(rule) for rule in rules)
