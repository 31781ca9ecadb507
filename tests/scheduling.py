"""Which tests run in one worker: those that share what is worked out once.

pytest-xdist's own groups do nothing under pytest 9.2, whose tests do not take the name that it gives
them.
"""

from __future__ import annotations

import re

from xdist.scheduler import LoadScopeScheduling

# Files in which one process looks at all of the cases, once.
_WHOLE = ("tests/test_coverage.py", "tests/testing/test_types.py")
_PIECE = re.compile(r"\[(?:sqlite-|postgresql-)?(\w+/\w+)\]$")


class Together(LoadScopeScheduling):
    """The tests of a golden case go to one worker, and so do those of some files; others go alone."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


def group(nodeid: str) -> str:
    """What a test shares with others, by its full name.

    >>> group("tests/test_cases.py::test_behaviour[sqlite-eager_load/flask]")
    'eager_load/flask'
    """
    path = nodeid.partition("::")[0]
    if path in _WHOLE:
        return path
    match = _PIECE.search(nodeid)
    return match[1] if match else nodeid
