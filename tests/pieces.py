"""Every piece of code in `before_after`, as projects that the tool is pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from codemods import testing
from codemods.testing import Case, LeftAlone

ROOT = Path(__file__).parent.parent / "before_after"

# Where one fix makes room for another: two aggregates that now are two numbers of one table, a loop
# that now goes over what a query gives. A second run goes on with these, and a third one with none.
# A collection that `eager-load` loads, and of which only the length or a sum is read, is a window.
AGAIN = {
    "aggregate_in_database/first_and_latest_orders": {"merge-counts"},
    "aggregate_in_database/flask_scores": {"merge-counts"},
    "eager_load/get_finds_it_in_the_session": {"eager-load", "merge-counts"},
    "eager_load/keys_of_any_database": {"load-window"},
    "eager_load/keys_of_two_types": {"load-window"},
    "eager_load/keys_without_case": {"load-window"},
    "eager_load/method_with_session": {"load-window"},
    "eager_load/one_of_a_subclass": {"load-window"},
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


def each_piece() -> pytest.MarkDecorator:
    """Parametrise a test by `piece`, every case and every file that is left alone."""
    pieces: Sequence[Case | LeftAlone] = [*testing.cases(ROOT), *testing.left_alone(ROOT)]
    return pytest.mark.parametrize("piece", pieces, ids=lambda piece: piece.id)


def project(piece: Case | LeftAlone, folder: Path) -> list[Path]:
    """Copy a piece into `folder` as the project that the tool sees; gives its own files."""
    made = piece.project(folder)
    return [made] if isinstance(made, Path) else made
