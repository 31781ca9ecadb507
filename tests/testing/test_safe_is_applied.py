"""What `check` calls safe, `apply` writes, and with `--review` what it has for review as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from pieces import Answers, Applied, each_piece, told

from codemods.finding import Applicability, Finding
from codemods.testing import Case, LeftAlone


@each_piece()
def test_check_and_apply_agree(
    piece: Case | LeftAlone, answers: Callable[[Case | LeftAlone], Answers]
) -> None:
    asked = answers(piece)
    _, report = asked.told
    kinds = (Applicability.SAFE, Applicability.REVIEW)
    safe, reviewed = ([f for f in report.problems if f.applicability in kinds[:n]] for n in (1, 2))
    if not reviewed:
        return  # what is not found is not fixed
    _check_applied(asked.safe, safe)
    _check_applied(asked.reviewed, reviewed)


def _check_applied(applied: Applied, wanted: Sequence[Finding]) -> None:
    assert Counter(map(told, applied.planned.applied)) == Counter(map(told, wanted))
    messages = Counter(finding.message for finding in applied.changes.applied)
    assert messages == Counter(finding.message for finding in wanted)
    assert applied.written == {change.path: change.after for change in applied.planned.files}
    assert set(applied.written) == {path for paths in applied.changes.touched for path in paths}
    assert bool(applied.written) == bool(wanted)
