"""Sentences that are the same in every format of the document."""

from __future__ import annotations

from codemods.report.document import Document, Section
from codemods.report.document_costs import Priority

# So many files without queries are named.
_NAMED = 20

ABOUT = (
    "P0: the extra statements grow with a product of two sizes, or by three and more for each "
    "item. P1: a query for each item. P2: another statement for each item, such as a lazy load. "
    "P3: a number that does not grow. Where `[tool.minusn.sizes]` gives all the sizes of a "
    "formula, its number decides: from 1,000 extra statements P0, from 100 P1, from 10 P2."
)
_REASONS = {
    Priority.P0: "a product, or several statements for each item",
    Priority.P1: "a query for each item",
    Priority.P2: "a statement for each item",
    Priority.P3: "a number that does not grow",
}
ALONE = (
    "A diff shows one fix, or the safe fixes of one function together; `minusn diff` shows what all "
    "safe fixes make."
)
TOGETHER = "The safe fixes together:"


def headline(document: Document) -> str:
    """How much was found, and where."""
    read = f"{document.files:,} {_plural(document.files, 'file')} checked"
    if not document.total:
        return f"No problems found ({read})."
    functions = len(document.sections)
    return (
        f"{document.total:,} {_plural(document.total, 'finding')} in {functions:,} "
        f"{_plural(functions, 'function')} of {len(document.chapters):,} "
        f"{_plural(len(document.chapters), 'file')} ({read})."
    )


def lines(section: Section) -> str:
    """Where it is: `Line 12`, `Lines 12–14`."""
    return f"Line{'s' * ('–' in section.rows)} {section.rows}"


def counted(section: Section) -> str:
    """The extra statements: `5·techniques = 3,500`."""
    if section.count is None or section.extra.isdigit():
        return section.extra
    return f"{section.extra} = {section.count:,}"


def fewer_rows(section: Section) -> str:
    """What a fix does for the rows where it does nothing for the number of statements."""
    rows = [" → ".join(p.rows) for p in section.problems if len(set(p.rows)) > 1]
    return f" (rows: {', '.join(rows)})" if section.extra == "0" and rows else ""


def saved(section: Section) -> str:
    """What fixes there are: `2 safe`, `1 safe, 1 to review`."""
    labels = [problem.proposal.label for problem in section.problems]
    told = [
        f"{labels.count(label)} {word}"
        for label, word in (("safe fix", "safe"), ("fix to review", "to review"))
        if label in labels
    ]
    return ", ".join(told) or "none"


def urgency(section: Section) -> str:
    """Why a section has its priority."""
    if section.extra == "0":
        return f"no extra statements{fewer_rows(section)}"
    if section.count is not None:
        return f"{section.count:,} extra {_plural(section.count, 'statement')} in each call"
    return f"`{section.extra}` extra statements in each call: {_REASONS[section.priority]}"


def silent(document: Document) -> tuple[tuple[str, ...], str]:
    """The names of the files without queries that are told, and the number of the others."""
    names = document.silent[:_NAMED]
    more = len(document.silent) - len(names)
    return names, f" and {more:,} more" if more else ""


def fixed_title(document: Document) -> str:
    """How the findings compare with those of the baseline."""
    fixed = document.fixed or ()
    return (
        f"{len(fixed):,} {_plural(len(fixed), 'finding')} fixed, {document.new:,} new, "
        f"{document.total - document.new:,} as before."
    )


def _plural(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"
