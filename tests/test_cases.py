"""Every folder of `before_after`, which says in its README what has to hold."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from codemods import testing
from codemods.results import Report
from codemods.testing import Case, Server

ROOT = Path(__file__).parent.parent / "before_after"
CASES = testing.cases(ROOT)

# The tests of one case run in one worker (`scheduling`): with --bless they write the same files.
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Case], Report]:
    """What is found in a case, by the rules that it is of."""

    @lru_cache(maxsize=1)
    def report(case: Case) -> Report:
        return testing.check_case(case, tmp_path_factory.mktemp("project"))

    return report


@each_case
def test_rewrite(
    case: Case, reports: Callable[[Case], Report], tmp_path: Path, bless: bool
) -> None:
    testing.check_rewrite(case, reports(case), tmp_path, bless)


@each_case
def test_behaviour(
    case: Case, server: Server, reports: Callable[[Case], Report], tmp_path: Path, bless: bool
) -> None:
    why = case.missing(testing.VERSION, server.backend)
    if why:
        pytest.skip(why)
    if bless:
        testing.check_rewrite(case, reports(case), tmp_path / "bless", bless)
    runs = testing.run_all(case, server)
    report = reports(case)
    testing.check_behaviour(case, runs, report)
    text = testing.statements_text(case, runs, report)
    if bless and server.backend == "sqlite":
        case.statements_file.write_text(text, "utf-8")
    assert case.statements_file.exists(), f"{case.id} has no statements.txt: run pytest --bless"
    expected = case.statements_file.read_text("utf-8")
    if testing.VERSION < (2, 1) or server.backend != "sqlite":
        text, expected = testing.reads(text), testing.reads(expected)
    assert text == expected


def test_at_least_half_of_the_cases_are_safe() -> None:
    heads = [case.statements_file.read_text("utf-8").split("\n\n")[0] for case in CASES]
    safe = [head for head in heads if " safe\n" in head and " review\n" not in head]
    assert 2 * len(safe) >= len(CASES)
