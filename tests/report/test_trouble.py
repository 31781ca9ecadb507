"""What could not be done, as lines."""

from __future__ import annotations

from pathlib import Path

from codemods.report.trouble import trouble_lines
from codemods.results import Failure, Report


def test_what_fails_for_several_rules_in_the_same_way_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "shop.py"
    failures = [Failure(path, "TypeError: no", rule) for rule in ("a", "b", "a", "c", "d", "e")]
    failures += [Failure(path, "KeyError: 1", "a"), Failure(path, "cannot be written")]
    lines = [
        line.partition("shop.py: ")[2]
        for line in trouble_lines(Report(tmp_path, failures=tuple(failures)))
    ]
    assert lines == [
        "TypeError: no [a, b, c and 2 more]",
        "KeyError: 1 [a]",
        "cannot be written",
    ]
