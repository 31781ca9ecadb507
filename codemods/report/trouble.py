"""What could not be done, as lines for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codemods.report.names import shown
from codemods.results import Changes, Failure, Report


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
    for failure in (*result.failures, *more):
        yield _failure(failure, result)


def _failure(failure: Failure, result: Report | Changes) -> str:
    where = shown(failure.path)
    if failure.place is not None:
        start, _ = result.locations(failure.place)
        where = f"{where}:{start.row}:{start.column}"
    elif failure.row is not None:
        where = f"{where}:{failure.row}"
    rule = f" [{failure.rule}]" if failure.rule else ""
    return f"error: {where}: {failure.message}{rule}"
