"""Golden cases, for the rules of this package and for rules outside it.

`cases(root)` finds the cases below a folder laid out as `before_after/README.md` says. The checks
raise AssertionError, so that they fit any test runner. Running a case runs its code.
"""

from codemods.formula import FormulaError, evaluate, names
from codemods.testing.case import Case, LeftAlone, cases, left_alone, make_project
from codemods.testing.checks import (
    check_behaviour,
    check_case,
    check_left_alone,
    check_rewrite,
    reads,
    statements_text,
)
from codemods.testing.database import VERSION, Database, Server, StatementCounter
from codemods.testing.run import NS, Outcome, Run, metadata, run, run_all, sizes
from codemods.testing.values import freeze

__all__ = [
    "NS",
    "VERSION",
    "Case",
    "Database",
    "FormulaError",
    "LeftAlone",
    "Outcome",
    "Run",
    "Server",
    "StatementCounter",
    "cases",
    "check_behaviour",
    "check_case",
    "check_left_alone",
    "check_rewrite",
    "evaluate",
    "freeze",
    "left_alone",
    "make_project",
    "metadata",
    "names",
    "reads",
    "run",
    "run_all",
    "sizes",
    "statements_text",
]
