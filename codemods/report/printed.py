"""What goes to a terminal, a file or a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from codemods.results import Report

if TYPE_CHECKING:
    from rich.text import Text


def print_findings(report: Report) -> None:
    """All findings, how many there are, and what can be done next.

    What one page or one response reads of the rows of a query is told at once.
    """
    if not report.findings and report.trouble:
        return  # What is on stderr says it all; "no problems" would be a lie.
    if not report.findings and not sys.stdout.isatty():
        sys.stdout.write(
            f"No problems found ({report.files} file{'s' * (report.files != 1)} checked).\n"
        )
        return
    from codemods.report.text import finding_text, next_step, summary
    from codemods.together import together

    report = replace(report, findings=tuple(together(report.findings)))
    for finding in report.findings:
        print_lines(finding_text(finding, report))
    step = next_step(report)
    print_lines([summary(report), *([step] if step is not None else [])])


def print_statistics(report: Report, output_format: str) -> None:
    """How much each rule found, as a table or as JSON."""
    from codemods.report.statistics import as_json, as_text, counts

    found = counts(report.findings)
    sys.stdout.write(as_json(found) if output_format == "json" else as_text(found))


def print_lines(lines: Iterable[Text]) -> None:
    """Styled lines, wrapped by the terminal alone."""
    target = console()
    for line in lines:
        target.print(line, soft_wrap=True)


def console() -> Any:
    """Where styled text goes."""
    if not sys.stdout.isatty() and not os.environ.get("FORCE_COLOR"):
        from codemods.report.plain import PlainConsole

        return PlainConsole()
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)
