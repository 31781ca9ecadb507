"""All rules on every golden case at once, with what they have for review: no two fixes fight."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pieces import AGAIN, Answers, each_piece

from codemods import engine, testing
from codemods.results import Changes
from codemods.testing import Case, LeftAlone, Server

ROOT = Path(__file__).parent.parent / "before_after"
# Code that one rule leaves alone and others do not, where a second run goes on.
LEFT_ALONE = [file for file in testing.left_alone(ROOT) if file.id in AGAIN]
NS = (0, 1, 10)


class Rewritten(Case):
    """A copy of a case whose `after` is what all rules make of it."""

    @property
    def fixed(self) -> bool:
        return True


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server("sqlite://", tmp_path_factory.mktemp("databases"), "together")
    yield server
    server.close()


@each_piece(left_alone=False)
def test_all_rules(
    piece: Case, answers: Callable[[Case], Answers], sqlite: Server, tmp_path: Path
) -> None:
    asked, copy = answers(piece), _copied(piece, tmp_path)
    before = made = piece.files("before")
    applied: list[set[str]] = []
    for turn in range(3):
        copy.write("after", made)
        root = tmp_path / f"turn_{turn}" if turn else asked.folder
        changes = _reviewed(copy, root) if turn else asked.reviewed.planned
        assert not changes.trouble, changes.failures or changes.skipped
        applied.append({finding.name for finding in changes.applied})
        contents = {change.path: change.after for change in changes.files}
        made = {name: contents.get(root / name, content) for name, content in made.items()}
        for name, content in made.items():
            if name.endswith(".py"):
                ast.parse(content, name)
        if not changes.files:
            break
    assert not applied[-1], "a third run still goes on"
    assert set().union(*applied[1:]) <= AGAIN.get(piece.id, set())
    if made in (before, piece.files("after")) or piece.missing(testing.VERSION, "sqlite"):
        return  # which `test_cases` runs
    differences = {
        name
        for run in testing.run_all(copy, sqlite, NS)
        for name in run.before.differences(run.after)
        if name != "rows" or piece.option("FLUSHES", True)
    }
    assert not differences, applied[0]


def _reviewed(case: Case, root: Path) -> Changes:
    return engine.diff(case.project(root, "after"), root=root, review=True)


@pytest.mark.parametrize("file", LEFT_ALONE, ids=lambda file: file.id)
def test_code_left_alone(file: LeftAlone, tmp_path: Path) -> None:
    path = file.project(tmp_path)
    made: list[set[str]] = []
    for _ in range(3):
        changes = engine.diff([path], root=tmp_path, review=True)
        assert not changes.trouble, changes.failures or changes.skipped
        made.append({finding.name for finding in changes.applied})
        for change in changes.files:
            change.path.write_bytes(change.after)
    assert not made[-1], "a third run still goes on"
    assert made[1] <= AGAIN[file.id]


def _copied(case: Case, folder: Path) -> Rewritten:
    root = folder / "cases"
    root.mkdir()
    for package in ROOT.glob("*/__init__.py"):
        (root / package.parent.name).symlink_to(package.parent)
    shutil.copy(ROOT / "pyproject.toml", root)
    target = root / case.folder.parent.name / case.folder.name
    shutil.copytree(case.folder, target)
    for left in (target / "after", target / "after.py"):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink(missing_ok=True)
    return Rewritten(target)
