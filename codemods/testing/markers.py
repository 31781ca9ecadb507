"""Markers in files that are left alone: `# found: eager-load (no-writes)`."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from codemods.finding import Applicability, Finding, Status

if TYPE_CHECKING:
    from codemods.engine import Report

_MARKER = re.compile(r"# (found|review): ([\w-]+)(?: \(([\w-]+)\))?")


def compare_markers(name: str, text: str, report: Report) -> bool:
    """Hold the findings to the markers in `text`.

    Returns:
        Whether a fix for review is expected.

    Raises:
        AssertionError: for a finding without a marker, a marker without a finding, and a
            precondition that is not the one that was named.
    """
    expected: Counter[tuple[int, str, str]] = Counter()
    named: dict[tuple[int, str], str] = {}
    for row, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        for kind, rule, condition in _MARKER.findall(line):
            expected[row, rule, kind] += 1
            if condition:
                named[row, rule] = condition
    found: Counter[tuple[int, str, str]] = Counter()
    for finding in report.problems:
        row = report.locations(finding.place)[0].row
        found[row, finding.name, _kind(finding)] += 1
        if (row, finding.name) in named:
            _check_condition(f"{name}:{row}", finding, named[row, finding.name])
    assert found == expected, (
        f"{name}: found {sorted((found - expected).elements())} without a marker; "
        f"not found: {sorted((expected - found).elements())}"
    )
    return any(kind == "review" for _, _, kind in expected)


def _kind(finding: Finding) -> str:
    if finding.fix is None or finding.applicability is Applicability.DISPLAY:
        return "found"
    return str(finding.applicability)


def _check_condition(where: str, finding: Finding, name: str) -> None:
    stopping = [
        condition.name
        for condition in (finding.fix.preconditions if finding.fix else finding.preconditions)
        if condition.status is not Status.PROVEN
    ]
    assert name in stopping, f"{where}: stopped by {stopping}, not by {name}"
