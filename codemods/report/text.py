"""Findings for people: the place, where the rows come from, what it costs, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from codemods.finding import (
    Applicability,
    Cost,
    Finding,
    Fix,
    Note,
    Precondition,
    Role,
    Severity,
    Status,
)
from codemods.report.costs import rows_told, statements_told
from codemods.report.names import shown
from codemods.report.snippets import Mark, gutter_of, snippet
from codemods.results import Changes, Report
from codemods.rule import NOT_ANALYSED
from codemods.source import Place

_USES = 3
_SEVERITY = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "bold red",
    Severity.MEDIUM: "bold yellow",
    Severity.LOW: "bold cyan",
}
_SIGNS = {
    Status.PROVEN: ("✓", "green"),
    Status.UNKNOWN: ("?", "yellow"),
    Status.REFUTED: ("✗", "red"),
}


def finding_text(finding: Finding, report: Report | Changes) -> Iterator[Text]:
    """A finding as lines of styled text."""
    yield heading(finding, report)
    if finding.code == NOT_ANALYSED[0] and not finding.place.span.end:
        yield Text()
        return
    notes = list(_shown(finding))
    here = [_mark(note) for note in notes if note.place.path == finding.place.path]
    source = report.source(finding.place.path)
    elsewhere = [note for note in notes if note.place.path != finding.place.path]
    gutter = max(
        gutter_of(report.source(note.place.path), [_mark(note)]) for note in (_use(finding), *notes)
    )
    bar = Text(f"{'':>{gutter}} |", "blue")
    yield bar
    yield from snippet(source, [*here, Mark(finding.place.span, main=True)], gutter)
    for path in dict.fromkeys(note.place.path for note in elsewhere):
        marks = [_mark(note) for note in elsewhere if note.place.path == path]
        first = min(n.place for n in elsewhere if n.place.path == path)
        yield Text(f"{'':>{gutter}} ::: ", "blue").append(where(first, report), "bold")
        yield from snippet(report.source(path), marks, gutter)
    rest = list(_told(finding, report))
    if rest:
        yield bar
    for line in rest:
        sign = " " if line.plain.startswith(" ") else "="
        yield Text(f"{'':>{gutter}} {sign} ", "blue").append_text(line)
    yield Text()


def _shown(finding: Finding) -> Iterator[Note]:
    """The places that are shown: of many uses only the first few, which the message names."""
    uses = 0
    for note in finding.related:
        uses += note.role is Role.USE
        if note.place != finding.place and (note.role is not Role.USE or uses <= _USES):
            yield note


def heading(finding: Finding, report: Report | Changes) -> Text:
    """`file:line:col: CODE name: message`, which editors can follow."""
    line = Text(f"{where(finding.place, report)}: ", "bold")
    line.append(finding.code, _SEVERITY[finding.severity])
    line.append(f" {finding.name}", "bold").append(f": {finding.message}")
    return line


def where(place: Place, report: Report | Changes) -> str:
    """`file:line:col`"""
    start, _ = report.locations(place)
    return f"{shown(place.path)}:{start.row}:{start.column}"


def _use(finding: Finding) -> Note:
    return Note(Role.USE, finding.place, "")


def _mark(note: Note) -> Mark:
    return Mark(note.place.span, note.message or str(note.role))


def _told(finding: Finding, report: Report | Changes) -> Iterator[Text]:
    if finding.function:
        yield Text(f"in {finding.function}", "dim")
    if finding.cost:
        yield from _cost(finding.cost)
    if finding.fix:
        yield from _fix(finding.fix, report)
    elif finding.code != NOT_ANALYSED[0]:
        yield Text("no fix", "bold").append(_because(finding.preconditions))
        yield from _conditions(finding.preconditions, report)
    for fix in finding.alternatives:
        yield Text("or: ", "bold").append(fix.title).append(f" ({fix.applicability})", "dim")


def _cost(cost: Cost) -> Iterator[Text]:
    for name, formulas in (("statements", statements_told(cost)), ("rows", rows_told(cost))):
        if not formulas:
            continue
        before, *later = formulas
        line = Text(f"{name}: ", "bold").append(before, "red" if later else "")
        for formula in later:
            line.append(" → ").append(formula, "green")
        yield line


_FIXES = {
    Applicability.SAFE: ("safe fix", "bold green"),
    Applicability.REVIEW: ("fix to review", "bold yellow"),
    Applicability.DISPLAY: ("suggestion", "bold cyan"),
}


def _fix(fix: Fix, report: Report | Changes) -> Iterator[Text]:
    name, style = _FIXES[fix.applicability]
    yield Text(f"{name}: ", style).append(fix.title)
    yield from _conditions(fix.preconditions, report)


def _because(conditions: Sequence[Precondition]) -> str:
    open_ones = [c for c in conditions if c.status is not Status.PROVEN]
    return ", because:" if open_ones else ""


def _conditions(conditions: Iterable[Precondition], report: Report | Changes) -> Iterator[Text]:
    """What stands between the finding and a safe fix."""
    for condition in sorted(conditions, key=lambda c: c.status is not Status.REFUTED):
        if condition.status is Status.PROVEN:
            continue
        sign, style = _SIGNS[condition.status]
        line = Text("  ").append(f"{sign} ", style).append(condition.reason)
        line.append(f" [{condition.name}]", "dim")
        if condition.place:
            line.append(f" {where(condition.place, report)}", "dim")
        yield line


def summary(report: Report) -> Text:
    """The last line: how much was found, and what to do next."""
    problems = report.problems
    unread = len(report.findings) - len(problems)
    files = len({finding.place.path for finding in problems})
    checked = f"{_number(report.files, 'file')} checked"
    if not problems:
        line = Text("No problems found", "bold green").append(f" ({checked}")
    else:
        kinds = [finding.applicability for finding in problems]
        safe, review = kinds.count(Applicability.SAFE), kinds.count(Applicability.REVIEW)
        without = len(kinds) - safe - review
        told = [f"{_number(safe, 'safe fix')}"] if safe else []
        told += [f"{review} to review"] if review else []
        told += [f"{without} without a fix"] if without else []
        line = Text(f"Found {_number(len(problems), 'problem')}", "bold")
        line.append(f" in {_number(files, 'file')} ({', '.join(told)}; {checked}")
    if unread:
        line.append(f", {_number(unread, 'file')} not analysed", "yellow")
    line.append(").")
    growing = sum(finding.grows for finding in problems)
    if growing and len(problems) > 1:
        those = "All" if growing == len(problems) else str(growing)
        verb = "grows" if growing == 1 else "grow"
        line.append(f" {those} of them {verb} with the number of rows.")
    return line


def next_step(report: Report) -> Text | None:
    """What the user may do about the findings."""
    kinds = {finding.applicability for finding in report.problems}
    if Applicability.SAFE in kinds:
        more = "; `--review` takes those to review, too" if Applicability.REVIEW in kinds else ""
        told = f"`minusn diff` shows the safe fixes, `minusn apply` writes them{more}."
        return Text(told, "dim")
    if Applicability.REVIEW in kinds:
        return Text("`minusn diff --review` shows the fixes that need a person's eye.", "dim")
    return None


def reasons(finding: Finding, *, review: bool, failed: bool) -> str:
    """Why a finding was left by `apply` or `diff`, in a few words.

    Args:
        failed: its fix could not be made, which is told elsewhere.
    """
    fix = finding.fix
    conditions = fix.preconditions if fix else finding.preconditions
    open_ones = [c for c in conditions if c.status is not Status.PROVEN]
    first = sorted(open_ones, key=lambda c: c.status is not Status.REFUTED)[:1]
    why = f": {first[0].reason}" if first else ""
    more = f" (and {len(open_ones) - 1} more)" if len(open_ones) > 1 else ""
    if fix is None:
        return f"no fix{why}{more}"
    if fix.applicability is Applicability.DISPLAY:
        return f"only a suggestion{why}{more}"
    if fix.applicability is Applicability.REVIEW and not review:
        return f"needs --review{why}{more}"
    return "its fix was not made" if failed else "it has a fix now: run minusn again"


def _number(count: int, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("x") else f"{noun}s"
    return f"{count} {noun if count == 1 else plural}"
