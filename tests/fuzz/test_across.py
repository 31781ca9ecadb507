"""A short search among programs of several files; MINUSN_FUZZ=SECONDS searches on."""

from __future__ import annotations

import os
import time

import pytest

from tests.fuzz.across import report, search


@pytest.mark.parametrize("first", [1, 301])
def test_safe_fixes_change_nothing_across_functions(first: int) -> None:
    found, programs, changed = search(first, seconds=60, batches=4)
    for failure in found:
        report(failure)
    assert not found
    assert changed >= programs / 6, "the programs hold little to rewrite"


@pytest.mark.skipif("MINUSN_FUZZ" not in os.environ, reason="MINUSN_FUZZ is not set")
def test_long_search_across_functions() -> None:
    found, _, _ = search(int(time.time()), float(os.environ["MINUSN_FUZZ"]), show=report)
    assert not found
