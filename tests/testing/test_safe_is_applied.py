"""What `check` calls safe, `apply` writes, and with `--review` what it has for review as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pieces import each_piece, project

from codemods import engine
from codemods.finding import Applicability, Finding
from codemods.results import Changes
from codemods.testing import Case, LeftAlone


def _keys(findings: Sequence[Finding]) -> Counter[tuple[str, object, str]]:
    return Counter((finding.code, finding.place, finding.message) for finding in findings)


@each_piece()
def test_check_and_apply_agree(
    piece: Case | LeftAlone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[Changes] = []
    diff = engine.diff

    def recorded(*args: Any, **options: Any) -> Changes:
        planned.append(diff(*args, **options))
        return planned[-1]

    monkeypatch.setattr(engine, "diff", recorded)
    paths = project(piece, tmp_path)
    report = engine.check(paths, root=tmp_path)
    kinds = (Applicability.SAFE, Applicability.REVIEW)
    safe, reviewed = ([f for f in report.problems if f.applicability in kinds[:n]] for n in (1, 2))
    if not reviewed:
        return  # what is not found is not fixed
    if len(safe) < len(reviewed):
        _check_applied(paths, tmp_path, safe, review=False)
        assert _keys(planned[-1].applied) == _keys(safe)
        project(piece, tmp_path)
    # with nothing but safe fixes the option makes no difference
    _check_applied(paths, tmp_path, reviewed, review=len(safe) < len(reviewed))
    assert _keys(planned[-1].applied) == _keys(reviewed)


def _check_applied(
    paths: Sequence[Path], root: Path, wanted: Sequence[Finding], *, review: bool
) -> None:
    contents = {path: path.read_bytes() for path in root.rglob("*.py")}
    applied = engine.apply(paths, root=root, review=review)
    assert Counter(f.message for f in applied.applied) == Counter(f.message for f in wanted)
    written = {path for path, before in contents.items() if path.read_bytes() != before}
    assert written == {path for paths in applied.touched for path in paths}
    assert bool(written) == bool(wanted)
