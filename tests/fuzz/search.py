"""Makes programs from seeds and collects those that fail, made small."""

from __future__ import annotations

import random
import time
import traceback
from collections.abc import Callable

from tests.fuzz.programs import function
from tests.fuzz.runner import DATA_SEEDS, FACTS, Failure, Laboratory
from tests.fuzz.shrink import shrink

BATCH = 12


def search(
    first: int,
    seconds: float,
    batches: int | None = None,
    review: bool = False,
    url: str = "sqlite://",
    show: Callable[[Failure], None] | None = None,
) -> tuple[list[Failure], int, int]:
    """Failures, and how many programs were made and rewritten, until the time is over."""
    laboratory = Laboratory(url, review)
    end = time.monotonic() + seconds
    found: list[Failure] = []
    programs = changed = 0
    number = first
    try:
        while time.monotonic() < end and (batches is None or number < first + batches):
            rng = random.Random(number)
            number += 1
            functions = [function(rng, f"f{i}") for i in range(BATCH)]
            facts = rng.choice(["default", "default", *FACTS])
            setting = rng.choice(laboratory.store.settings)
            programs += BATCH
            try:
                failures = list(laboratory.failures(functions, facts, setting, range(DATA_SEEDS)))
            except Exception:
                print(f"seed {number - 1}")
                traceback.print_exc()
                continue
            changed += laboratory.changed
            for failure in failures:
                small = shrink(laboratory, failure, range(DATA_SEEDS * 2)) if show else failure
                found.append(small)
                if show:
                    show(small)
    finally:
        if show:
            print(laboratory.raised)
        laboratory.close()
    return found, programs, changed


def report(failure: Failure) -> None:
    """Print a failure so that it can be understood."""
    one, two = failure.outcomes
    print("=" * 90)
    print(f"{failure.what} differs; facts {failure.facts}, setting {failure.setting}, "
          f"data {failure.seed}; items: {failure.function.shape} of {failure.function.kind}, "
          f"honest {failure.function.honest}")  # fmt: skip
    print(failure.function.source)
    print("--- after:", *failure.fixes, sep="\n")
    print(failure.after)
    print("---", one.exception, "|", two.exception, "|", len(one.selects), len(two.selects))
    if failure.what in ("result", "printed"):
        print(str(one.result)[:2000], str(two.result)[:2000], sep="\n")
    if failure.what == "state":
        for table, rows in one.state.items():
            if rows != two.state[table]:
                print(table, rows, two.state[table], sep="\n")
    if "statements" in failure.what:
        print(*one.selects, "---", *two.selects, sep="\n")
    print(flush=True)
