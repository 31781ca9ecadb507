"""Findings chosen at random, with the code that they name, to be read one by one.

    python benchmarks/precision.py [--number 50] [--seed 1] CHECKOUT [CHECKOUT …]

Of each project as many are chosen as of the others, as far as it has so many. The same seed and
commits give the same choice.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from codemods import check
from codemods.finding import Finding, Status
from codemods.results import Report


def chosen(reports: dict[str, Report], number: int, seed: int) -> list[tuple[str, Finding]]:
    """The findings to read, project by project."""
    shuffled = {}
    for name, report in sorted(reports.items()):
        findings = list(report.problems)
        random.Random(f"{seed} {name}").shuffle(findings)
        shuffled[name] = findings
    taken: dict[str, int] = dict.fromkeys(shuffled, 0)
    while sum(taken.values()) < number:
        open_ones = [name for name in taken if taken[name] < len(shuffled[name])]
        if not open_ones:
            break
        for name in open_ones[: number - sum(taken.values())]:
            taken[name] += 1
    return [(name, f) for name, count in taken.items() for f in shuffled[name][:count]]


def told(report: Report, finding: Finding) -> str:
    """A finding with its places, its cost and what is open."""

    def where(path: Path, row: int) -> str:
        name = path.relative_to(report.root) if path.is_relative_to(report.root) else path
        return f"{name}:{row}"

    place = finding.place
    lines = [
        f"{where(place.path, report.locations(place)[0].row)} {finding.name}: {finding.message}",
        f"    in {finding.function}; {finding.severity}; fix: {finding.applicability or 'none'}",
    ]
    if finding.cost:
        after = finding.cost.after.statements if finding.cost.after else "?"
        lines.append(f"    {finding.cost.before.statements} -> {after}")
    for note in finding.related:
        row = report.locations(note.place)[0].row
        lines.append(f"    {note.role:6}{where(note.place.path, row)} {note.message}")
    lines += [
        f"    {condition.status} {condition.name}: {condition.reason}"
        for condition in finding.preconditions
        if condition.status is not Status.PROVEN
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("checkouts", nargs="+")
    given = parser.parse_args()
    folders = [Path(name).resolve() for name in given.checkouts]
    reports = {folder.name: check([folder], root=folder) for folder in folders}
    for number, (name, finding) in enumerate(chosen(reports, given.number, given.seed), 1):
        print(f"\n{number}. {name} {told(reports[name], finding)}")


if __name__ == "__main__":
    main()
