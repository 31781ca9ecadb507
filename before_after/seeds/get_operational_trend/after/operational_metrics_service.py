"""The trend of a period: the tests that were validated up to its end are fetched for each week."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from soc.models import Test, TestState, utcnow
from sqlalchemy.orm import Session

PERIODS = {"30d": 30, "90d": 90, "1y": 364}


def get_operational_trend(db: Session, period: str = "90d") -> list[dict[str, Any]]:
    """How many tests were validated and rejected by the end of each week of a period."""
    if period not in PERIODS:
        raise ValueError(f"unknown period {period!r}")
    now = utcnow()
    current = now - timedelta(days=PERIODS[period])

    trend = []
    previous = 0
    tests = (
        db.query(Test.red_validated_at)
        .filter(Test.state == TestState.validated, Test.red_validated_at.isnot(None))
        .all()
    )
    while current < now:
        week_end = min(current + timedelta(days=7), now)
        validated_up_to = [test for test in tests if test.red_validated_at <= week_end]
        total = len(validated_up_to)
        in_week = sum(1 for test in validated_up_to if test.red_validated_at > current)
        trend.append(
            {
                "week_start": current.date().isoformat(),
                "week_end": week_end.date().isoformat(),
                "validated_total": total,
                "validated_in_week": in_week,
                "growth": round((total - previous) / previous * 100, 1) if previous else None,
            }
        )
        previous = total
        current = week_end
    return trend
