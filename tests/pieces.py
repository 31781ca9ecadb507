"""Every piece of code in `before_after`, as projects that the tool is pointed at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from codemods import engine, testing
from codemods.cli import cli
from codemods.finding import Applicability, Finding
from codemods.results import Changes, Report
from codemods.source import Place
from codemods.testing import Case, LeftAlone

ROOT = Path(__file__).parent.parent / "before_after"

# Where one fix makes room for another: two aggregates that now are two numbers of one table, a loop
# that now goes over what a query gives. A second run goes on with these, and a third one with none.
# A collection that `eager-load` loads, and of which only the length or a sum is read, is a window.
AGAIN = {
    "aggregate_in_database/first_and_latest_orders": {"merge-counts"},
    "aggregate_in_database/flask_scores": {"merge-counts"},
    "bulk_insert/reviews_of_products": {"filter-in-database"},
    "eager_load/async_refresh_of_several": {"load-window"},
    "eager_load/get_finds_it_in_the_session": {"eager-load", "merge-counts"},
    "eager_load/keys_of_any_database": {"load-window"},
    "eager_load/keys_of_two_types": {"load-window"},
    "eager_load/keys_without_case": {"load-window"},
    "eager_load/method_with_session": {"load-window"},
    "eager_load/one_of_a_subclass": {"load-window"},
    "eager_load/parts_of_a_generator": {"load-window"},
    "eager_load/sibling_option": {"load-window"},
    "eager_load/totals_by_sum": {"load-window"},
    "exists_in_database/roles_loaded_first": {"hoist-lookup"},
    "expired_in_loop/not_expired": {"merge-counts"},
    "fetch_window/flask_buckets": {"hoist-lookup"},
    "filter_in_database/looked_for_later": {"eager-load"},
    "hoist_invariant/prices_in_all_lists": {"index-by-key"},
    "load_deferred/no_place_for_an_option": {"load-deferred"},
    "load_joined/other_joins": {"load-window"},
    "load_window/whole_is_used": {"load-window"},
    "merge_queries/other_answers": {"merge-counts"},
    "merge_queries/to_review": {"merge-counts"},
    "use_foreign_key/listened_to": {"eager-load"},
    "use_foreign_key/not_loaded_with_the_rows": {"load-deferred"},
}


def each_piece(*, left_alone: bool = True) -> pytest.MarkDecorator:
    """Parametrise a test by `piece`, every case and every file that is left alone.

    The tests of one piece share its `Answers`, and run one after the other.
    """
    pieces: list[Case | LeftAlone] = [*testing.cases(ROOT)]
    pieces += testing.left_alone(ROOT) if left_alone else ()
    return pytest.mark.parametrize(
        "piece",
        pieces,
        ids=lambda piece: piece.id,
        scope="session",
    )


def project(piece: Case | LeftAlone, folder: Path) -> list[Path]:
    """Copy a piece into `folder` as the project that the tool sees; gives its own files."""
    made = piece.project(folder)
    return [made] if isinstance(made, Path) else made


@dataclass(frozen=True)
class Applied:
    """One `apply` on a piece.

    Attributes:
        planned: what was worked out before anything was written.
        changes: what `apply` returned.
        written: the files that it changed, as it left them.
    """

    planned: Changes
    changes: Changes
    written: Mapping[Path, bytes]


class Answers:
    """What all rules together tell of a piece and make of it, each worked out once.

    Args:
        folder: an empty one, where the piece lies as a project; each answer leaves it as it was.
    """

    def __init__(self, piece: Case | LeftAlone, folder: Path) -> None:
        self.folder = folder
        self._piece = piece
        self.paths = project(piece, folder)

    @cached_property
    def told(self) -> tuple[list[dict[str, Any]], Report]:
        """The JSON with edits that `check` prints, and the report that it is made of."""
        reports: list[Report] = []
        with pytest.MonkeyPatch.context() as patch:
            _record(patch, "check", reports)
            patch.chdir(self.folder)
            arguments = ["check", "--output-format", "json", "--with-edits"]
            result = CliRunner().invoke(cli, [*arguments, *map(str, self.paths)])
        assert result.exit_code in (0, 1), result.output
        items = json.loads(result.stdout)
        assert result.exit_code == bool(items)
        (report,) = reports
        return items, report

    @cached_property
    def safe(self) -> Applied:
        """What `apply` does."""
        return self._applied(review=False)

    @cached_property
    def reviewed(self) -> Applied:
        """What `apply --review` does: where nothing is for review, what `apply` does."""
        _, report = self.told
        if all(finding.applicability is not Applicability.REVIEW for finding in report.problems):
            return self.safe
        return self._applied(review=True)

    def _applied(self, *, review: bool) -> Applied:
        before = {path: path.read_bytes() for path in self.folder.rglob("*.py")}
        planned: list[Changes] = []
        with pytest.MonkeyPatch.context() as patch:
            _record(patch, "diff", planned)
            changes = engine.apply(self.paths, root=self.folder, review=review)
        after = {path: path.read_bytes() for path in before}
        written = {path: content for path, content in after.items() if content != before[path]}
        for path in written:
            path.write_bytes(before[path])
        return Applied(planned[-1], changes, written)


def told(finding: Finding) -> tuple[str, Place, str]:
    """What makes a finding the same in two runs."""
    return finding.code, finding.place, finding.message


def _record(patch: pytest.MonkeyPatch, name: str, results: list[Any]) -> None:
    """Let a function of the engine note what it returns."""
    function = getattr(engine, name)

    def recorded(*args: Any, **options: Any) -> Any:
        results.append(function(*args, **options))
        return results[-1]

    patch.setattr(engine, name, recorded)
