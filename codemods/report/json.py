"""Findings as JSON: a stable contract."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from codemods.finding import Amount, Cost, Finding, Fix, Precondition
from codemods.report.names import shown
from codemods.results import Changes, Failure, Report
from codemods.source import Location, Place


def as_json(
    report: Report,
    *,
    with_edits: bool = False,
    on_failure: Callable[[Failure], None] | None = None,
) -> str:
    """A list with one object for every finding.

    Args:
        with_edits: give every fix the edits that make it alone.
        on_failure: called where the edits of a fix cannot be made; that fix has none.
    """
    items = [
        as_data(finding, report, with_edits=with_edits, on_failure=on_failure)
        for finding in report.findings
    ]
    return json.dumps(items, indent=2, ensure_ascii=False) + "\n"


def as_data(
    finding: Finding,
    report: Report | Changes,
    *,
    with_edits: bool = False,
    on_failure: Callable[[Failure], None] | None = None,
) -> dict[str, Any]:
    """One finding as plain data."""

    def fix_data(fix: Fix) -> dict[str, Any]:
        data: dict[str, Any] = {"title": fix.title, "applicability": str(fix.applicability)}
        if with_edits:
            data["edits"] = _edits(finding, fix, report, on_failure)
        return data

    return {
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "severity": str(finding.severity),
        **_where(finding.place, report),
        "function": finding.function,
        "related": [
            {"role": str(note.role), **_where(note.place, report), "message": note.message}
            for note in finding.related
        ],
        "cost": _cost(finding.cost),
        "fix": fix_data(finding.fix) if finding.fix else None,
        "alternatives": [fix_data(fix) for fix in finding.alternatives],
        "preconditions": [_condition(item, report) for item in finding.preconditions],
    }


def _edits(
    finding: Finding,
    fix: Fix,
    report: Report | Changes,
    on_failure: Callable[[Failure], None] | None,
) -> list[dict[str, Any]] | None:
    from codemods.engine import edits_of

    try:
        edits = edits_of(finding, report, fix)
    except Exception as error:
        if on_failure is None:
            raise
        told = str(error) or type(error).__name__
        message = f"the fix “{fix.title}” cannot be made: {told}"
        on_failure(Failure(finding.place.path, message, finding.name, finding.place))
        return None
    return [
        {**_where(Place(edit.path, edit.span), report), "content": edit.content} for edit in edits
    ]


def _where(place: Place, report: Report | Changes) -> dict[str, Any]:
    start, end = report.locations(place)
    return {
        "filename": shown(place.path),
        "location": _location(start),
        "end_location": _location(end),
    }


def _location(location: Location) -> dict[str, int]:
    return {"row": location.row, "column": location.column}


def _condition(condition: Precondition, report: Report | Changes) -> dict[str, Any]:
    return {
        "name": condition.name,
        "status": str(condition.status),
        "reason": condition.reason,
        "place": _where(condition.place, report) if condition.place else None,
    }


def _cost(cost: Cost | None) -> dict[str, Any] | None:
    if cost is None:
        return None
    return {"before": _amount(cost.before), "after": _amount(cost.after) if cost.after else None}


def _amount(amount: Amount) -> dict[str, str]:
    return {"statements": amount.statements, "rows": amount.rows}
