"""`# minusn: ignore[rule]`, written where it holds for a finding."""

from __future__ import annotations

import io
import re
import tokenize

from codemods.edits import Edit
from codemods.finding import Finding
from codemods.source import SourceFile, Span

_MARK = re.compile(r"#\s*minusn:\s*ignore(?![\w-])\s*\[([^\]]*)\]", re.IGNORECASE)
_LAYOUT = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)


def suppression(finding: Finding, source: SourceFile) -> Edit | None:
    """The edit that suppresses a finding at its statement, in a comment that is there if any is.

    Returns:
        None where the file cannot be cut into tokens.
    """
    row = source.location(finding.place.span.start).row
    statement = _statement(source, row)
    if statement is None:
        return None
    for comment in (token for token in statement if token.type == tokenize.COMMENT):
        if match := _MARK.search(comment.string):
            offset = source.line_start(comment.start[0]) + comment.start[1] + match.end(1)
            separator = ", " if match.group(1).strip() else ""
            content = f"{separator}{finding.name}"
            return Edit(finding.place.path, Span(offset, offset), content)
    last = statement[-1].start[0]
    end = source.line_start(last) + len(source.line(last).rstrip())
    return Edit(finding.place.path, Span(end, end), f"  # minusn: ignore[{finding.name}]")


def _statement(source: SourceFile, row: int) -> list[tokenize.TokenInfo] | None:
    """The tokens of the simple statement, or of the compound one's head, that `row` is in."""
    tokens: list[tokenize.TokenInfo] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(_unix(source)).readline):
            if tokens or token.type not in _LAYOUT:
                tokens.append(token)
            if token.type == tokenize.NEWLINE:
                if token.start[0] >= row:
                    return tokens
                tokens = []
    except (tokenize.TokenError, SyntaxError):
        pass
    return None


def _unix(source: SourceFile) -> str:
    """The text with equal columns, in lines that `tokenize` ends where `SourceFile` does."""
    return "".join(f"{source.line(row)}\n" for row in range(1, source.rows + 1))
