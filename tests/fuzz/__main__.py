"""Searches for programs that fixes break.

`python -m tests.fuzz SECONDS [FIRST_SEED] [--review] [--postgresql]`: with `--review` also fixes
that are for review, where all that is in doubt is what they cost.
"""

from __future__ import annotations

import sys
import time

from tests import databases
from tests.fuzz.search import report, search


def main() -> int:
    numbers = [item for item in sys.argv[1:] if not item.startswith("--")]
    seconds = float(numbers[0]) if numbers else 60
    first = int(numbers[1]) if len(numbers) > 1 else int(time.time())
    review, postgresql = "--review" in sys.argv, "--postgresql" in sys.argv
    if postgresql:
        databases.open_folder()
    try:
        url = databases.postgresql_url() if postgresql else "sqlite://"
        found, programs, changed = search(first, seconds, review=review, url=url, show=report)
    finally:
        if postgresql:
            databases.close_folder()
    print(f"{programs} programs, {changed} rewritten, {len(found)} failures")
    return 1 if found else 0


sys.exit(main())
