"""Mean time to detect: two entries of the audit log are looked up for each validated test."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from typing import Any

from soc.models import AuditLog, Test, TestState
from sqlalchemy import func
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def _hours_between(start, end) -> float:
    return round((end - start).total_seconds() / 3600, 2)


def calculate_mttd(db: Session) -> dict[str, Any]:
    """Hours from the start of the attack to the first evaluation by the blue team."""
    tests = db.query(Test).filter(Test.state == TestState.validated).order_by(Test.id).all()
    if not tests:
        return {"mean_hours": None, "median_hours": None, "sample_size": 0, "skipped": 0}

    durations = []
    skipped = 0
    timestamps: dict[str | None, Any] = {}
    for entity_ids in _chunks(str(test.id) for test in tests):
        for audit_log in (
            db.query(func.min(AuditLog.timestamp).label("timestamp"), AuditLog.entity_id)
            .filter(
                AuditLog.entity_type == "test",
                AuditLog.entity_id.in_(entity_ids),
                AuditLog.action == "start_execution",
            )
            .group_by(AuditLog.entity_id)
        ):
            timestamps[audit_log.entity_id] = audit_log
    audit_log_timestamps: dict[str | None, Any] = {}
    for entity_ids in _chunks(str(test.id) for test in tests):
        for row in (
            db.query(func.min(AuditLog.timestamp).label("timestamp"), AuditLog.entity_id)
            .filter(
                AuditLog.entity_type == "test",
                AuditLog.entity_id.in_(entity_ids),
                AuditLog.action == "submit_red_evidence",
            )
            .group_by(AuditLog.entity_id)
        ):
            audit_log_timestamps[row.entity_id] = row
    for test in tests:
        # When did the red team begin?
        red_start = timestamps.get(str(test.id))
        # And when did the blue team take over?
        blue_start = audit_log_timestamps.get(str(test.id))
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
