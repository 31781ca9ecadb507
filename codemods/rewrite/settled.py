"""Where the comments of code that goes are kept."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Container
from itertools import islice

from codemods.rewrite.comments import comments
from codemods.rewrite.parsing import statements_code
from codemods.rewrite.statements import Plan
from codemods.rewrite.view import Block, View
from codemods.source import Span


def without_carried(plans: Collection[Plan]) -> None:
    """Take from the comments of plans those that come along in the copies of what they are in."""
    inserted = (new for plan in plans for new in (*plan.before, *plan.after))
    carried = Counter(
        comment for new in inserted for comment in comments(statements_code(new.statements, "", ""))
    )
    for plan in plans:
        kept = []
        for comment in plan.comments:
            if carried[comment]:
                carried[comment] -= 1
            else:
                kept.append(comment)
        plan.comments = kept


def heads_more(view: View, block: Block, index: int, gone: Container[Span]) -> bool:
    """True if what stands above a statement that goes is a heading of others below it, too: those
    that stay and follow without a blank line. A `return` is the end of what is above all of it."""
    end = block.spans[index].end
    for statement, span in islice(zip(block.statements, block.spans, strict=True), index + 1, None):
        if view.text.count("\n", end, span.start) > 1:
            return False
        if span not in gone:
            return not isinstance(statement, ast.Return)
        end = span.end
    return False


def comments_about(view: View, block: Block, index: int) -> tuple[list[str], list[str]]:
    """The comments on lines of their own directly above a statement, and those in it and behind
    it on its last line."""
    above: list[str] = []
    span = block.spans[index]
    start, least = view.line_start(span.start), block.spans[index - 1].end if index else 0
    if view.text[start : span.start].strip():
        return above, comments(view.slice(span))
    while start and (begin := view.line_start(start - 1)) >= least:
        line = view.text[begin : start - 1].strip()
        if not line.startswith("#"):
            break
        above.insert(0, line)
        start = begin
    behind = view.text[span.end : view.line_end(span.end)]
    own = comments(behind) if behind.lstrip().startswith("#") else []
    return above, [*comments(view.slice(span)), *own]
