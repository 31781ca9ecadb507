"""How often each rule found something, and what can be done about it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from codemods.finding import Applicability, Finding


@dataclass(frozen=True)
class Count:
    """One rule's findings: all of them, those that cost more statements the more rows there are,
    and those with a safe fix, one to review, and none."""

    code: str
    name: str
    count: int
    growing: int
    safe: int
    review: int
    without: int


def counts(findings: Iterable[Finding]) -> list[Count]:
    """One count a rule, the worst first: that with the most findings that grow with the rows."""
    growing: Counter[str] = Counter()
    rules: dict[tuple[str, str], Counter[Applicability | None]] = {}
    for finding in findings:
        kinds = rules.setdefault((finding.code, finding.name), Counter())
        kind = finding.applicability
        growing[finding.code] += finding.grows
        kinds[None if kind is Applicability.DISPLAY else kind] += 1
    found = [
        Count(
            code,
            name,
            sum(kinds.values()),
            growing[code],
            kinds[Applicability.SAFE],
            kinds[Applicability.REVIEW],
            kinds[None],
        )
        for (code, name), kinds in rules.items()
    ]
    return sorted(found, key=lambda item: (-item.growing, -item.count, item.code))


def as_text(found: list[Count]) -> str:
    """A table with one line a rule."""
    if not found:
        return ""
    rows = [["", "", "found", "growing", "safe", "review", "no fix"]]
    rows += [
        [c.code, c.name, *map(str, (c.count, c.growing, c.safe, c.review, c.without))]
        for c in found
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        left = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
        right = [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]
        lines.append("  ".join([*left, *right]).rstrip() + "\n")
    return "".join(lines)


def as_json(found: list[Count]) -> str:
    """A list with one object a rule."""
    return json.dumps([asdict(item) for item in found], indent=2) + "\n"
