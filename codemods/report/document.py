"""The document that `minusn report` writes, as plain values that a format turns into text.

It goes through a project as a person's audit does: what there is, function by function, what the
files without findings do well, what was fixed since the last time, and what to begin with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codemods.finding import Applicability, Finding, Severity, Status
from codemods.report.costs import rows_told, statements_told
from codemods.report.document_baseline import MODULE, Baseline, Fixed
from codemods.report.document_code import diff_of, diff_together, excerpt
from codemods.report.document_costs import Priority, priority, total, weight
from codemods.report.names import shown
from codemods.results import Failure, Report

_KINDS = {
    "eager-load": "Missing eager loading",
    "batch-helper": "N+1 queries through a helper",
    "hoist-invariant": "The same query in each round of a loop",
    "commit-once": "A commit per item",
    "expired-in-loop": "Rows loaded again after a commit",
    "count-in-database": "Rows loaded to be counted",
    "exists-in-database": "Rows loaded to see whether there are any",
    "aggregate-in-database": "Rows loaded for a number",
    "filter-in-database": "Rows loaded and not used",
    "append-to-unloaded": "A collection loaded to append to it",
    "lost-rows": "Rows that get lost",
    "null-in-sum": "A sum that NULL breaks",
    "chunk-in-list": "A list too long for IN",
}
_GROUPS = {
    "MN1": "Loading of relationships",
    "MN2": "N+1 queries",
    "MN3": "Redundant queries",
    "MN4": "Writes one by one",
    "MN5": "Work in Python",
    "MN6": "Schema",
    "MN7": "Caching",
    "MN8": "Outdated API",
}
_FIXES = {
    Applicability.SAFE: "safe fix",
    Applicability.REVIEW: "fix to review",
    Applicability.DISPLAY: "suggestion",
    None: "no fix",
}


@dataclass(frozen=True)
class Proposal:
    """What can be done about a problem; `reasons` are what keeps it from being a safe fix."""

    label: str
    title: str
    reasons: tuple[str, ...]
    diff: str


@dataclass(frozen=True)
class Problem:
    """One finding. `statements` and `rows` are formulas before and, if there is a fix, after."""

    rule: str
    message: str
    where: str
    severity: Severity
    statements: tuple[str, ...]
    rows: tuple[str, ...]
    proposal: Proposal


@dataclass(frozen=True)
class Section:
    """The problems of one function. `diff` is that of its safe fixes, where several go together."""

    number: str
    file: str
    function: str
    kind: str
    severity: Severity
    priority: Priority
    rows: str
    code: str
    extra: str
    count: int | None
    before: str
    after: str | None
    problems: tuple[Problem, ...]
    diff: str


@dataclass(frozen=True)
class Chapter:
    """The sections of one file."""

    number: int
    file: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Summary:
    """One line of the executive summary."""

    severity: Severity
    count: int
    files: int
    safe: int
    review: int


@dataclass(frozen=True)
class Document:
    """Everything that is told.

    Attributes:
        clean: the files that send queries and have no findings, each with the reason.
        silent: the files that send none.
        fixed: what the baseline had and is gone; None without a baseline.
        new: how many findings the baseline did not have.
        unread: the files that could not be analysed, each with the reason.
    """

    project: str
    date: date
    files: int
    summary: tuple[Summary, ...]
    chapters: tuple[Chapter, ...]
    clean: tuple[tuple[str, str], ...]
    silent: tuple[str, ...]
    fixed: tuple[Fixed, ...] | None
    new: int
    unread: tuple[tuple[str, str], ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(section for chapter in self.chapters for section in chapter.sections)

    @property
    def total(self) -> int:
        """How many findings there are."""
        return sum(line.count for line in self.summary)

    def of(self, wanted: Priority) -> tuple[Section, ...]:
        """The sections of one priority, the most expensive first."""
        sections = [section for section in self.sections if section.priority is wanted]
        return tuple(sorted(sections, key=_urgency))


def document(
    report: Report,
    today: date,
    baseline: Baseline | None = None,
    on_failure: Callable[[Failure], None] = lambda failure: None,
) -> Document:
    """What a report says, to be written down.

    Args:
        report: of a check with `clean=True`.
        baseline: the findings of an earlier check.
        on_failure: called where a fix cannot be made; its diff is left out.
    """
    problems = report.problems
    looked_at = {item.path for item in report.clean} | {f.place.path for f in problems}
    files = list(dict.fromkeys(finding.place.path for finding in problems))
    return Document(
        report.root.name,
        today,
        report.files,
        tuple(_summary(severity, problems) for severity in Severity),
        tuple(
            Chapter(number, shown(path), tuple(_sections(number, path, report, on_failure)))
            for number, path in enumerate(files, 1)
        ),
        tuple((shown(item.path), item.reason) for item in report.clean if item.queries),
        tuple(shown(item.path) for item in report.clean if not item.queries),
        baseline.fixed(problems, looked_at) if baseline else None,
        baseline.new(problems) if baseline else 0,
        tuple((shown(item.path), item.reason) for item in report.skipped),
    )


def _summary(severity: Severity, problems: Sequence[Finding]) -> Summary:
    found = [finding for finding in problems if finding.severity is severity]
    kinds = Counter(finding.applicability for finding in found)
    return Summary(
        severity,
        len(found),
        len({finding.place.path for finding in found}),
        kinds[Applicability.SAFE],
        kinds[Applicability.REVIEW],
    )


def _sections(
    chapter: int, path: Path, report: Report, on_failure: Callable[[Failure], None]
) -> list[Section]:
    functions: dict[str | None, list[Finding]] = {}
    for finding in report.problems:
        if finding.place.path == path:
            functions.setdefault(finding.function, []).append(finding)
    sizes = dict(report.settings_of(path).sizes)
    sections = []
    for number, (function, findings) in enumerate(functions.items(), 1):
        cost = total(findings, sizes)
        code, rows = excerpt(findings, path, report)
        severities = [finding.severity for finding in findings]
        safe = [f for f in findings if f.applicability is Applicability.SAFE]
        together = diff_together(safe, report) if len(safe) > 1 else ""
        shown_together = safe if together else []
        sections.append(
            Section(
                f"{chapter}.{number}",
                shown(path),
                function or MODULE,
                ", ".join(dict.fromkeys(_kind(finding) for finding in findings)),
                min(severities, key=list(Severity).index),
                priority(cost.extra, cost.count, severities),
                f"{rows.start}–{rows.stop - 1}" if len(rows) > 1 else str(rows.start),
                code,
                cost.extra,
                cost.count,
                cost.before,
                cost.after,
                tuple(
                    _problem(finding, report, on_failure, alone=finding not in shown_together)
                    for finding in findings
                ),
                together,
            )
        )
    return sections


def _kind(finding: Finding) -> str:
    return _KINDS.get(finding.name) or _GROUPS.get(finding.code[:3], finding.name)


def _problem(
    finding: Finding, report: Report, on_failure: Callable[[Failure], None], *, alone: bool
) -> Problem:
    start, _ = report.locations(finding.place)
    cost = finding.cost
    return Problem(
        f"{finding.code} {finding.name}",
        finding.message,
        f"{shown(finding.place.path)}:{start.row}:{start.column}",
        finding.severity,
        statements_told(cost) if cost else (),
        rows_told(cost) if cost else (),
        _proposal(finding, report, on_failure, alone=alone),
    )


def _proposal(
    finding: Finding, report: Report, on_failure: Callable[[Failure], None], *, alone: bool
) -> Proposal:
    fix = finding.fix
    conditions = fix.preconditions if fix else finding.preconditions
    reasons = tuple(c.reason for c in conditions if c.status is not Status.PROVEN)
    diff = ""
    if fix is not None and alone:
        try:
            diff = diff_of(finding, fix, report)
        except Exception as error:
            told = str(error) or type(error).__name__
            message = f"the fix “{fix.title}” cannot be made: {told}"
            on_failure(Failure(finding.place.path, message, finding.name, finding.place))
    title = fix.title if fix else ""
    return Proposal(_FIXES[finding.applicability], title, reasons, diff)


def _urgency(section: Section) -> tuple[int, int, int, str, str]:
    degree, statements = weight(section.extra)
    return -(section.count or 0), -degree, -statements, section.file, section.function
