"""Searches for programs that safe fixes break: `python -m tests.fuzz SECONDS [FIRST_SEED]`."""

from __future__ import annotations

import sys
import time

from tests.fuzz.search import report, search


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    first = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    review = "--review" in sys.argv
    found, programs, changed = search(first, seconds, review=review, show=report)
    print(f"{programs} programs, {changed} rewritten, {len(found)} failures")
    return 1 if found else 0


sys.exit(main())
