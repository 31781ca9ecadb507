"""Which formulas of a finding's cost say something."""

from __future__ import annotations

from codemods.finding import Cost


def statements_told(cost: Cost) -> tuple[str, ...]:
    """The statements before and, if there is a fix, after."""
    after = (cost.after.statements,) if cost.after else ()
    return (cost.before.statements, *after)


def rows_told(cost: Cost) -> tuple[str, ...]:
    """The rows before and after a fix that changes them, or those that the statements do not tell;
    empty where that is nothing new."""
    before, after = cost.before, cost.after
    if after is not None:
        return (before.rows, after.rows) if before.rows != after.rows else ()
    return (before.rows,) if before.rows != before.statements.removeprefix("1 + ") else ()
