"""What `check` calls safe, `apply` writes, and with `--review` what it has for review as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from pieces import each_piece, project

from codemods import engine
from codemods.finding import Applicability, Finding
from codemods.testing import Case, LeftAlone


def _keys(findings: Sequence[Finding]) -> Counter[tuple[str, object, str]]:
    return Counter((finding.code, finding.place, finding.message) for finding in findings)


@each_piece()
@pytest.mark.parametrize("review", [False, True], ids=["safe", "review"])
def test_check_and_apply_agree(piece: Case | LeftAlone, review: bool, tmp_path: Path) -> None:
    paths = project(piece, tmp_path)
    kinds = {Applicability.SAFE, Applicability.REVIEW} if review else {Applicability.SAFE}
    report = engine.check(paths, root=tmp_path)
    wanted = [finding for finding in report.problems if finding.applicability in kinds]
    planned = engine.diff(paths, root=tmp_path, review=review)
    assert _keys(planned.applied) == _keys(wanted)
    contents = {path: path.read_bytes() for path in tmp_path.rglob("*.py")}
    applied = engine.apply(paths, root=tmp_path, review=review)
    assert Counter(f.message for f in applied.applied) == Counter(f.message for f in wanted)
    written = {path for path, before in contents.items() if path.read_bytes() != before}
    assert written == {path for paths in applied.touched for path in paths}
    assert bool(written) == bool(wanted)
