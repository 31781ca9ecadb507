"""What `minusn check` says of whole projects: one row of the table in README.md for each.

    python benchmarks/projects.py CHECKOUT [CHECKOUT …]

Prints the commit, files, lines, findings per rule with how many are safe, for review or without a
fix, the seconds that it took, and the preconditions that most often stayed unknown.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from codemods import check
from codemods.finding import Applicability, Finding, Status


def commit(folder: Path) -> str:
    command = ["git", "-C", str(folder), "rev-parse", "--short=10", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def kinds(findings: list[Finding]) -> str:
    """`3 safe, 1 review, 2 none`."""
    counted = Counter(finding.applicability for finding in findings)
    return (
        f"{counted[Applicability.SAFE]} safe, {counted[Applicability.REVIEW]} review, "
        f"{counted[None] + counted[Applicability.DISPLAY]} none"
    )


def main(folders: list[str]) -> int:
    doubts: Counter[str] = Counter()
    print("| project | commit | files | lines | findings | s |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in folders:
        folder = Path(name).resolve()
        started = time.perf_counter()
        report = check([folder], root=folder)
        seconds = time.perf_counter() - started
        rules: dict[str, list[Finding]] = {}
        for finding in report.findings:
            rules.setdefault(finding.name, []).append(finding)
            doubts.update(p.name for p in finding.preconditions if p.status is Status.UNKNOWN)
        told = "; ".join(f"{len(v)} {k} ({kinds(v)})" for k, v in sorted(rules.items())) or "none"
        print(
            f"| {folder.name} | {commit(folder)} | {report.files} | {report.lines:,} "
            f"| {told} | {seconds:.1f} |"
        )
    print("\nMost often unknown: " + ", ".join(f"{k} ({n})" for k, n in doubts.most_common(8)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
