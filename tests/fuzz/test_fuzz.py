"""A short search with fixed seeds; MINUSN_FUZZ=SECONDS searches on from the time of day."""

from __future__ import annotations

import os
import time

import pytest

from tests.fuzz.search import report, search


@pytest.mark.parametrize("first", [1, 101, 201])
def test_safe_fixes_change_nothing_in_random_programs(first: int) -> None:
    found, programs, changed = search(first, seconds=60, batches=2)
    for failure in found:
        report(failure)
    assert not found
    assert changed >= programs / 6, "the programs hold little to rewrite"


@pytest.mark.skipif("MINUSN_FUZZ" not in os.environ, reason="MINUSN_FUZZ is not set")
def test_long_search() -> None:
    found, _, _ = search(int(time.time()), float(os.environ["MINUSN_FUZZ"]), show=report)
    assert not found
