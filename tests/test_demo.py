"""`minusn demo`, and the sample application that it runs."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from rich.console import Console

from codemods.demo import data
from codemods.demo.measure import Run, imported, run_jobs
from codemods.demo.run import demo
from codemods.engine import apply, check

APP = Path(sys.modules["codemods.demo"].__file__ or "").parent / "app"


def shown(*sizes: int) -> tuple[int, str]:
    stream = io.StringIO()
    console = Console(file=stream, width=100, highlight=False, emoji=False)
    code = demo(console, sizes)
    return code, stream.getvalue()


@pytest.fixture
def app(tmp_path: Path) -> Path:
    return Path(shutil.copytree(APP, tmp_path / "app"))


def runs(project: Path, name: str, *sizes: int) -> Iterator[Run]:
    with imported(name, project / "toolshed"):
        models, jobs = import_module(f"{name}.models"), import_module(f"{name}.jobs")
        for size in sizes:
            yield run_jobs(models, jobs, size)


def test_the_demo_says_what_it_did() -> None:
    code, text = shown(3, 12)
    assert code == 0
    assert "MN101 eager-load" in text and "MN201 hoist-lookup" in text
    assert "MN301 merge-counts" in text
    assert "+        .options(selectinload(Member.loans).selectinload(Loan.fines))" in text
    for job in data.jobs(1):
        counted = r"│ +\d+ → \d+ "
        assert re.search(rf"│ +12 │ {job} +{counted}{counted}│ +[\d.,]+ → [\d.,]+ │", text)
    assert "The results and all tables are equal." in text


def test_the_demo_is_the_same_each_time() -> None:
    def without_times(text: str) -> str:
        """The text without the last column of the table, and without its width."""
        text = re.sub(r" *[\d.,]+ → [\d.,]+ │$", "", text, flags=re.MULTILINE)
        return re.sub(r"([ ━─])\1+", r"\1", text)

    first, second = (without_times(shown(5)[1]) for _ in range(2))
    assert first == second
    assert "minusn-demo-" not in first


def test_every_finding_of_the_application_has_a_safe_fix(app: Path) -> None:
    report = check([app])
    assert {finding.code for finding in report.findings} == {"MN101", "MN201", "MN301"}
    assert {str(finding.applicability) for finding in report.findings} == {"safe"}
    assert not apply([app]).left
    assert check([app]).findings == ()


def test_statements_no_longer_grow_with_the_data(app: Path, tmp_path: Path) -> None:
    after = Path(shutil.copytree(app, tmp_path / "after"))
    apply([after])
    small, large = runs(after, "demo_after", 20, 40)
    for before, one, other in zip(
        next(runs(app, "demo_before", 40)).jobs, small.jobs, large.jobs, strict=True
    ):
        assert other.statements < before.statements, other.job
        assert other.rows <= before.rows, other.job
        # What is written is written row by row on SQLite, before and after.
        if other.job not in ("import_prices", "take_stock"):
            assert one.statements == other.statements, other.job


def test_every_job_does_something(app: Path) -> None:
    [run] = runs(app, "demo_something", 10)
    for job in run.jobs:
        assert job.statements > 1 and not str(job.result).endswith("Error()"), job
    results = {job.job: job.result for job in run.jobs}
    assert len(results["overdue"]) > 2 and len(results["statements"]) == 10
    assert "no shelf" in " ".join(next(runs(app, "demo_labels", 100)).jobs[2].result)
    assert 0 in results["activity"].values()
    assert results["totals"]["loans"] == 10
    assert results["import_prices"] > 0
    assert len(run.tables["usage"]) == len(run.tables["tools"])


def test_a_rewrite_that_changes_something_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application itself is made to behave differently in the folder of the second run."""
    from codemods.demo import run as module

    def spoiled(console: Console) -> object:
        changes = real(console)
        stats = Path("toolshed/stats.py")
        stats.write_text(stats.read_text().replace('"loans": everything', '"loans": 0'))
        importer = Path("toolshed/importer.py")
        importer.write_text(
            importer.read_text().replace(
                "checked_on = today", "checked_on = None or today.replace(day=9)"
            )
        )
        return changes

    real = module._apply
    monkeypatch.setattr(module, "_apply", spoiled)
    code, text = shown(4)
    assert code == 2
    assert "N = 4: totals returned something else after the rewrite" in text
    assert "N = 4: the table usage holds something else after the rewrite" in text
    assert "are equal" not in text


def test_nothing_is_left_behind() -> None:
    modules = set(sys.modules)
    here = Path.cwd()
    shown(2)
    assert Path.cwd() == here
    assert not [name for name in set(sys.modules) - modules if name.startswith("toolshed")]


def test_the_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "codemods", "demo"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(APP.parents[2]), "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"│ 1000 │ overdue ", done.stdout)
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []
