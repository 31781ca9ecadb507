"""The document as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from codemods.report.document import Chapter, Document, Problem, Section
from codemods.report.document_costs import Priority
from codemods.report.document_text import (
    ABOUT,
    ALONE,
    TOGETHER,
    counted,
    fewer_rows,
    fixed_title,
    headline,
    lines,
    saved,
    silent,
    urgency,
)

_PRIORITIES = tuple(Priority)


def as_markdown(document: Document) -> str:
    """The text of a file."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"# SQLAlchemy performance analysis: {_text(document.project)}"
    yield ""
    yield f"{document.date.isoformat()}. {headline(document)}"
    yield ""
    yield from _summary(document)
    if document.sections:
        yield ALONE
        yield ""
    for chapter in document.chapters:
        yield from _chapter(chapter)
    yield from _clean(document)
    yield from _fixed(document)
    if document.sections:
        yield from _table_of_all(document)
        yield from _order(document)


def _summary(document: Document) -> Iterator[str]:
    if not document.total:
        return
    yield "## Executive summary"
    yield ""
    yield from _table(
        ("Severity", "Findings", "Files", "Safe fixes", "To review"),
        (
            (line.severity.title(), *map(str, (line.count, line.files, line.safe, line.review)))
            for line in document.summary
            if line.count
        ),
    )
    yield ""


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f"## {chapter.number}. {_code(chapter.file)}"
    yield ""
    for section in chapter.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"### {section.number} {_code(section.function)}: {section.kind}"
    yield ""
    yield f"{lines(section)}, {section.severity}, {section.priority}."
    yield ""
    yield from _fence("python", section.code)
    yield ""
    yield f"**Extra statements:** {_code(counted(section))}{_text(fewer_rows(section))}"
    yield ""
    for problem in section.problems:
        yield from _problem(problem)
    if section.diff:
        yield TOGETHER
        yield ""
        yield from _fence("diff", section.diff.rstrip("\n"))
        yield ""


def _problem(problem: Problem) -> Iterator[str]:
    yield f"**{_text(problem.rule)}** at {_code(problem.where)}: {_text(problem.message)}."
    yield ""
    for name, formulas in (("statements", problem.statements), ("rows", problem.rows)):
        if formulas:
            yield f"- {name}: {' → '.join(map(_code, formulas))}"
    proposal = problem.proposal
    yield f"- {proposal.label}" + (f": {_text(proposal.title)}" if proposal.title else "")
    for reason in proposal.reasons:
        yield f"  - {_text(reason)}"
    yield ""
    if proposal.diff:
        yield from _fence("diff", proposal.diff.rstrip("\n"))
        yield ""


def _clean(document: Document) -> Iterator[str]:
    if document.clean or document.silent:
        yield "## Files without findings"
        yield ""
    if document.clean:
        yield from _table(
            ("File", "Because"), ((_code(name), _text(reason)) for name, reason in document.clean)
        )
        yield ""
    if document.silent:
        names, more = silent(document)
        yield f"No queries in {', '.join(map(_code, names))}{more}."
        yield ""
    if document.unread:
        yield "## Files that were not analysed"
        yield ""
        for name, reason in document.unread:
            yield f"- {_code(name)}: {_text(reason)}"
        yield ""


def _fixed(document: Document) -> Iterator[str]:
    if document.fixed is None:
        return
    yield "## Since the last report"
    yield ""
    yield fixed_title(document)
    yield ""
    if document.fixed:
        yield from _table(
            ("File", "Function", "Rule", "What it was"),
            (
                (_code(item.file), _code(item.function), item.rule, _text(item.message))
                for item in document.fixed
            ),
        )
        yield ""


def _table_of_all(document: Document) -> Iterator[str]:
    yield "## Summary table"
    yield ""
    yield from _table(
        ("File", "Function", "Problem", "Extra statements", "Severity", "Fixes"),
        (
            (
                _code(section.file),
                _code(section.function),
                section.kind,
                _code(counted(section)) + _text(fewer_rows(section)),
                section.severity.value,
                saved(section),
            )
            for section in document.sections
        ),
    )
    yield ""


def _order(document: Document) -> Iterator[str]:
    yield "## Recommended order"
    yield ""
    for priority in _PRIORITIES:
        sections = document.of(priority)
        for section in sections:
            name = f"{_code(section.function)} in {_code(section.file)}"
            yield f"- **{priority}** {name}: {_text(urgency(section))}"
    yield ""
    yield ABOUT


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _fence(language: str, text: str) -> Iterator[str]:
    """A code block, whose fence is longer than any row of backticks in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"{fence}{language}"
    yield text
    yield fence


def _code(text: str) -> str:
    """Code in a line, with a longer fence where it has a backtick itself."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _text(text: str) -> str:
    """Text as it is: what would be markup is escaped, code in backticks stays."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(
        part if part.startswith("`") else re.sub(r"([\\*_<>\[\]#])", r"\\\1", part)
        for part in parts
    )
