"""Mean time to detect: two entries of the audit log are looked up for each validated test."""

from __future__ import annotations

import statistics
from typing import Any

from soc.models import AuditLog, Test, TestState
from sqlalchemy.orm import Session


def _hours_between(start, end) -> float:
    return round((end - start).total_seconds() / 3600, 2)


def calculate_mttd(db: Session) -> dict[str, Any]:
    """Hours from the start of the attack to the first evaluation by the blue team."""
    tests = db.query(Test).filter(Test.state == TestState.validated).order_by(Test.id).all()
    if not tests:
        return {"mean_hours": None, "median_hours": None, "sample_size": 0, "skipped": 0}

    durations = []
    skipped = 0
    for test in tests:
        # When did the red team begin?
        red_start = (
            db.query(AuditLog.timestamp)
            .filter(
                AuditLog.entity_type == "test",
                AuditLog.entity_id == str(test.id),
                AuditLog.action == "start_execution",
            )
            .order_by(AuditLog.timestamp.asc())
            .first()
        )
        # And when did the blue team take over?
        blue_start = (
            db.query(AuditLog.timestamp)
            .filter(
                AuditLog.entity_type == "test",
                AuditLog.entity_id == str(test.id),
                AuditLog.action == "submit_red_evidence",
            )
            .order_by(AuditLog.timestamp.asc())
            .first()
        )
        if not red_start or not blue_start:
            skipped += 1
            continue
        hours = _hours_between(red_start[0], blue_start[0])
        if hours < 0:
            skipped += 1
            continue
        durations.append(hours)

    return {
        "mean_hours": round(statistics.mean(durations), 2) if durations else None,
        "median_hours": round(statistics.median(durations), 2) if durations else None,
        "sample_size": len(durations),
        "skipped": skipped,
    }
