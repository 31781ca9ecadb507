"""Findings as a person reads them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from handmade import PROVEN, Project
from rich.text import Text

from codemods.finding import Amount, Cost, Finding, Note, Precondition, Role, Severity
from codemods.report.snippets import Mark, snippet
from codemods.report.text import finding_text, next_step, reasons, summary
from codemods.results import Report
from codemods.source import Place, SourceFile, Span


def _lines(finding: Finding, report: Report) -> list[str]:
    return [line.plain for line in finding_text(finding, report)]


def test_a_safe_fix(project: Project) -> None:
    finding = project.finding(PROVEN)
    assert _lines(finding, project.report(finding)) == [
        "app/views.py:7:23: MN101 eager-load: Order.customer is loaded once per order",
        "  |",
        "6 |     for order in open_orders(session):",
        "  |                  -------------------- this loop",
        '7 |     result.append("客户" + order.customer.name)',
        "  |                            ^^^^^^^^^^^^^^",
        "  ::: app/repository.py:2:12",
        "2 |     return session.query(Order).filter(Order.open).all()",
        "  |            -------------------- the orders come from this query",
        "  |",
        "  = in names",
        "  = statements: 1 + orders → 2",
        "  = safe fix: Load the customers with the orders",
        "",
    ]


def test_what_keeps_a_fix_from_being_safe(project: Project, unknown: Precondition) -> None:
    finding = project.finding(unknown, PROVEN)
    lines = _lines(finding, project.report(finding))
    assert lines[-3:] == [
        "  = fix to review: Load the customers with the orders",
        "      ? append may do anything [no-unknown-calls] app/views.py:7:2",
        "",
    ]


def test_why_there_is_no_fix(
    project: Project, unknown: Precondition, refuted: Precondition
) -> None:
    finding = project.finding(unknown, refuted, fix=False)
    lines = _lines(finding, project.report(finding))
    assert lines[-4:] == [
        "  = no fix, because:",
        "      ✗ the session commits here [stays-loaded] app/repository.py:2:51",
        "      ? append may do anything [no-unknown-calls] app/views.py:7:2",
        "",
    ]


def test_the_summary_counts(project: Project, unknown: Precondition, refuted: Precondition) -> None:
    report = project.report(
        project.finding(PROVEN), project.finding(unknown), project.finding(refuted, fix=False)
    )
    assert summary(report).plain == (
        "Found 3 problems in 1 file (1 safe fix, 1 to review, 1 without a fix; 2 files checked). "
        "All of them grow with the number of rows."
    )
    constant = replace(project.finding(PROVEN), cost=Cost(Amount("2", "2"), Amount("1", "1")))
    two = project.report(project.finding(PROVEN), constant, constant)
    assert summary(two).plain.endswith(" 1 of them grows with the number of rows.")
    assert summary(project.report(constant, constant)).plain.endswith("; 2 files checked).")
    steps = [
        next_step(report),
        next_step(project.report(project.finding(PROVEN))),
        next_step(project.report(project.finding(unknown))),
        next_step(project.report(project.finding(refuted, fix=False))),
    ]
    safe = "`minusn diff` shows the safe fixes, `minusn apply` writes them"
    assert [step.plain if step else None for step in steps] == [
        f"{safe}; `--review` takes those to review, too.",
        f"{safe}.",
        "`minusn diff --review` shows the fixes that need a person's eye.",
        None,
    ]
    assert summary(project.report()).plain == "No problems found (2 files checked)."


def test_many_uses_are_cut_short(project: Project) -> None:
    place = project.place(project.views, "order.customer")
    uses = [Note(Role.USE, place, f"number {number} is read here") for number in range(9)]
    finding = replace(project.finding(PROVEN), place=_start(project), related=tuple(uses))
    text = "\n".join(line.plain for line in finding_text(finding, project.report(finding)))
    assert "number 2 is read here" in text
    assert "number 3 is read here" not in text


def _start(project: Project) -> Place:
    return project.place(project.views, "open_orders(session)")


def test_reasons_name_the_worst_first(
    project: Project, unknown: Precondition, refuted: Precondition
) -> None:
    assert reasons(project.finding(unknown), review=False, failed=False) == (
        "needs --review: append may do anything"
    )
    left = project.finding(unknown, refuted, fix=False)
    told = "no fix: the session commits here (and 1 more)"
    assert reasons(left, review=False, failed=False) == told


def test_a_fix_that_others_make_possible(project: Project) -> None:
    found = project.finding(PROVEN)
    assert reasons(found, review=False, failed=False) == "it has a fix now: run minusn again"
    assert reasons(found, review=False, failed=True) == "its fix was not made"


def test_a_file_that_was_not_analysed_has_no_snippet_without_a_place(project: Project) -> None:
    place = Place(project.root / "app/odd.py", Span(0, 0))
    finding = Finding("MN001", "not-analysed", "This file is odd", Severity.LOW, place)
    lines = _lines(finding, project.report(finding))
    assert lines == ["app/odd.py:1:1: MN001 not-analysed: This file is odd", ""]


def _snippet(text: str, *needles: str) -> list[str]:
    source = SourceFile(Path("/x.py"), text.encode())
    marks = [
        Mark(Span(source.text.index(needle), source.text.index(needle) + len(needle)))
        for needle in needles
    ]
    lines: list[Text] = list(snippet(source, marks, 2))
    return [line.plain for line in lines]


def test_lines_between_marks_are_shown_or_left_out() -> None:
    assert _snippet("one\ntwo\nthree\n", "one", "three") == [
        " 1 | one",
        "   | ---",
        " 2 | two",
        " 3 | three",
        "   | -----",
    ]
    assert _snippet("one\n2\n3\nfour\n", "one", "four")[2] == "..."


@pytest.mark.parametrize(
    ("line", "needle", "shown", "under"),
    [
        ("\tx = a.b", "a.b", "    x = a.b", "        ---"),
        ("x =\ta.b", "a.b", "x = a.b", "    ---"),
        ("喜 = a.b", "a.b", "喜 = a.b", "     ---"),
        ("x = 喜喜.b", "喜喜.b", "x = 喜喜.b", "    ------"),
        ("'\x1b[31m', a.b", "a.b", "'�[31m', a.b", "         ---"),
    ],
)
def test_marks_stand_under_what_they_mark(line: str, needle: str, shown: str, under: str) -> None:
    first, second = _snippet(line, needle)
    assert first == f" 1 | {shown}"
    assert second.removeprefix("   | ").startswith(under)


def test_a_mark_over_several_lines_ends_with_the_first() -> None:
    assert _snippet("x = a(\n    b,\n)\n", "a(\n    b,\n)") == [" 1 | x = a(", "   |     --"]


def test_a_long_line_is_cut_around_the_mark() -> None:
    lines = _snippet("x = [" + "0, " * 1000 + "a.b" + ", 1" * 1000 + "]", "a.b")
    assert all(len(line) < 160 for line in lines)
    position = lines[0].index("a.b")
    assert lines[1][position : position + 3] == "---"
