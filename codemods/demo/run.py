"""`minusn demo`: finds and fixes what is slow in a sample application, and measures both versions.

This module runs the code that it rewrites: the sample application that ships with the package.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import chdir
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from codemods.demo.measure import Measured, Run, imported, run_jobs

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from codemods.results import Changes

SIZES = (10, 100, 1000)
_APP = Path(__file__).parent / "app"
_PACKAGE = "toolshed"
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def demo_command() -> int:
    """Run the demo on the terminal, and return the exit code."""
    from rich.console import Console

    return demo(Console(highlight=False, emoji=False))


def demo(console: Console, sizes: Iterable[int] = SIZES) -> int:
    """Show the findings and the diff, then run both versions and compare them.

    Returns:
        0, or 2 where the rewritten version differs from the original.
    """
    with tempfile.TemporaryDirectory(prefix="minusn-demo-") as folder:
        before, after = Path(folder).resolve() / "before", Path(folder).resolve() / "after"
        for copy in (before, after):
            shutil.copytree(_APP, copy, ignore=shutil.ignore_patterns("__pycache__"))
        # What is shown has file names relative to the working directory.
        with chdir(before):
            _show_findings(console)
        with chdir(after):
            changes = _apply(console)
        if changes.trouble:
            return 2
        console.rule("Both versions on the same data")
        sizes = tuple(sizes)
        pairs = list(zip(_runs(before, sizes), _runs(after, sizes), strict=True))
    console.print(_table(pairs))
    differences = [text for one, other in pairs for text in _differences(one, other)]
    for text in differences:
        console.print(text, style="bold red")
    if not differences:
        console.print(_conclusion(pairs[-1]), style="bold green")
    return 2 if differences else 0


def _show_findings(console: Console) -> None:
    from codemods.engine import check
    from codemods.report.text import finding_text, summary

    report = check(["."])
    console.rule(f"minusn check {_PACKAGE}")
    for finding in report.findings:
        for line in finding_text(finding, report):
            console.print(line, soft_wrap=True)
    console.print(summary(report), soft_wrap=True)


def _apply(console: Console) -> Changes:
    from codemods.edits import unified_diff
    from codemods.engine import apply
    from codemods.report.changes import applied_text
    from codemods.report.names import shown

    changes = apply(["."])
    console.rule(f"minusn diff {_PACKAGE}")
    for change in changes.files:
        name = shown(change.path)
        for line in unified_diff(change.before, change.after, name).decode().splitlines():
            console.print(line, style=_COLOURS.get(line[:1]), markup=False, soft_wrap=True)
    console.rule(f"minusn apply {_PACKAGE}")
    for told in applied_text(changes, review=False):
        console.print(told, soft_wrap=True)
    for failure in changes.failures:
        console.print(f"{shown(failure.path)}: {failure.message}", style="bold red", markup=False)
    return changes


def _runs(project: Path, sizes: Iterable[int]) -> Iterator[Run]:
    name = f"{_PACKAGE}_{project.name}"
    with imported(name, project / _PACKAGE):
        models, jobs = import_module(f"{name}.models"), import_module(f"{name}.jobs")
        # The first run also pays for mapping the classes and compiling the statements.
        run_jobs(models, jobs, 1)
        for size in sizes:
            yield run_jobs(models, jobs, size)


def _table(pairs: Iterable[tuple[Run, Run]]) -> Table:
    from rich.table import Table

    table = Table(title="before → after")
    for name in ("N", "job", "statements", "rows", "ms"):
        table.add_column(name, justify="left" if name == "job" else "right", no_wrap=True)
    for before, after in pairs:
        for one, other in zip(before.jobs, after.jobs, strict=True):
            table.add_row(str(before.size), one.job, *_cells([one], [other]))
        table.add_row("", "all", *_cells(before.jobs, after.jobs), style="bold", end_section=True)
    return table


def _cells(before: Iterable[Measured], after: Iterable[Measured]) -> Iterator[str]:
    ones, others = list(before), list(after)
    yield f"{sum(m.statements for m in ones):,} → {sum(m.statements for m in others):,}"
    yield f"{sum(m.rows for m in ones):,} → {sum(m.rows for m in others):,}"
    yield f"{sum(m.seconds for m in ones) * 1e3:,.1f} → {sum(m.seconds for m in others) * 1e3:,.1f}"


def _differences(before: Run, after: Run) -> Iterator[str]:
    for one, other in zip(before.jobs, after.jobs, strict=True):
        if repr(one.result) != repr(other.result):
            yield f"N = {before.size}: {one.job} returned something else after the rewrite"
    for name, rows in before.tables.items():
        if rows != after.tables[name]:
            yield f"N = {before.size}: the table {name} holds something else after the rewrite"


def _conclusion(pair: tuple[Run, Run]) -> str:
    one, other = (sum(job.statements for job in run.jobs) for run in pair)
    return (
        f"The results and all tables are equal. At N = {pair[0].size:,} the same jobs send "
        f"{other:,} statements instead of {one:,}."
    )
