"""What could not be done, as lines for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from codemods.report.names import shown
from codemods.results import Changes, Failure, Report

# Rules that a line names; of more the number is told.
_NAMED = 3


def trouble_lines(
    result: Report | Changes, more: Iterable[Failure] = (), *, with_skipped: bool = True
) -> Iterator[str]:
    """One line for every file that was not analysed, and for every failure.

    Args:
        more: failures besides those of the result.
        with_skipped: tell of files that were read; those that were not there are always told.
    """
    for item in result.skipped:
        if not with_skipped and item.path.exists():
            continue
        where = shown(item.path)
        if item.place is not None:
            start, _ = result.locations(item.place)
            where = f"{where}:{start.row}:{start.column}"
        kind = "error" if item.named or result.strict else "warning"
        yield f"{kind}: {where}: {item.reason}"
    alike: dict[Failure, dict[str | None, None]] = {}
    for failure in (*result.failures, *more):
        alike.setdefault(replace(failure, rule=None), {})[failure.rule] = None
    for failure, rules in alike.items():
        yield _failure(failure, [rule for rule in rules if rule is not None], result)


def _failure(failure: Failure, rules: Sequence[str], result: Report | Changes) -> str:
    """The line of what went wrong, maybe for several rules in the same way."""
    where = shown(failure.path)
    if failure.place is not None:
        start, _ = result.locations(failure.place)
        where = f"{where}:{start.row}:{start.column}"
    elif failure.row is not None:
        where = f"{where}:{failure.row}"
    named = ", ".join(rules[:_NAMED])
    others = f" and {len(rules) - _NAMED} more" if len(rules) > _NAMED else ""
    return f"error: {where}: {failure.message}{f' [{named}{others}]' if rules else ''}"
