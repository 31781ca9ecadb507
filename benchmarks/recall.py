"""Which places that people fixed by hand minusn reports, and which it fixes.

    python benchmarks/recall.py real_fixes.jsonl REPOSITORIES

Each line of the file names a repository, the commit before the fix, a file, a function and its
lines. REPOSITORIES is a folder with a clone of each under its last name (`ihatemoney`); what is not
there is left out. The trees are checked out into temporary folders.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from codemods import check
from codemods.finding import Finding
from codemods.results import Report


def extract(repository: Path, commit: str, folder: Path) -> bool:
    """Put the tree of a commit into a folder; False if the clone does not have it."""
    command = ["git", "-C", str(repository), "archive", "--format=tar", commit]
    archive = subprocess.run(command, capture_output=True, check=False)
    if archive.returncode:
        return False
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as tree:
        tree.extractall(folder, filter="data")
    return True


# The rules that a pattern is a matter of: others may say something else of the same lines.
LOADING = ("MN1", "MN2")
PATTERNS = {"delete-in-loop": ("MN4",), "python-aggregate": ("MN2", "MN3")}


def rows(report: Report, finding: Finding, path: Path) -> Iterator[int]:
    """The rows of this file that a finding points at."""
    for place in (finding.place, *(note.place for note in finding.related)):
        if place.path == path:
            yield report.locations(place)[0].row


def outcome(entry: dict[str, Any], folder: Path) -> tuple[str, list[str]]:
    """`fixed`, `reported` or `missed`, with what was found there."""
    path = (folder / entry["file"]).resolve()
    report = check([path], root=folder.resolve())
    if any(item.path == path for item in report.skipped):
        return "does not parse", []
    near = range(entry["line_start"] - 5, entry["line_end"] + 6)
    function = entry["function"].rpartition(".")[2]
    codes = PATTERNS.get(entry["pattern"], LOADING)
    found = [
        finding
        for finding in report.findings
        if finding.code.startswith(codes)
        and (
            (finding.function or "").rpartition(".")[2] == function
            or any(row in near for row in rows(report, finding, path))
        )
    ]
    counted = Counter(f"{f.name} ({f.applicability or 'no fix'})" for f in found)
    told = [f"{name} × {number}" if number > 1 else name for name, number in counted.items()]
    if not found:
        return "missed", told
    return ("fixed" if any(f.fix for f in found) else "reported"), told


def main(data: str, repositories: str) -> int:
    counted: Counter[tuple[str, str]] = Counter()
    for line in Path(data).read_text("utf-8").splitlines():
        entry = json.loads(line)
        repository = Path(repositories) / entry["repo"].rpartition("/")[2]
        if not repository.exists():
            continue
        with tempfile.TemporaryDirectory() as folder:
            if not extract(repository, entry["parent_commit"], Path(folder)):
                print(f"{entry['id']:18} has no commit {entry['parent_commit'][:10]}")
                continue
            result, told = outcome(entry, Path(folder))
        counted[entry["static_detectable"], result] += 1
        print(
            f"{entry['id']:18}{entry['static_detectable']:6}{result:16}"
            f"{entry['pattern']:40}{', '.join(told)}"
        )
    for (kind, result), number in sorted(counted.items()):
        print(f"{kind:6}{result:16}{number}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
