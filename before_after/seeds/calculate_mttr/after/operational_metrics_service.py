"""Mean time to remediate: an entry of the audit log is looked up for each remediated test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from soc.models import AuditLog, Test
from sqlalchemy import func
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def calculate_mttr(db: Session, platform: str | None = None) -> dict[str, Any]:
    """Hours from the validation by the red team to the end of the remediation."""
    query = db.query(Test).filter(
        Test.remediation_status == "completed",
        Test.red_validated_at.isnot(None),
    )
    if platform:
        query = query.filter(Test.platform == platform)
    tests = query.order_by(Test.id).all()

    durations = []
    slowest = None
    timestamps: dict[str | None, Any] = {}
    for entity_ids in _chunks(str(test.id) for test in tests):
        for audit_log in (
            db.query(func.max(AuditLog.timestamp).label("timestamp"), AuditLog.entity_id)
            .filter(
                AuditLog.entity_type == "test",
                AuditLog.entity_id.in_(entity_ids),
                AuditLog.action == "complete_remediation",
            )
            .group_by(AuditLog.entity_id)
        ):
            timestamps[audit_log.entity_id] = audit_log
    for test in tests:
        remediation_complete = timestamps.get(str(test.id))
        if remediation_complete is None:
            continue
        delta = remediation_complete[0] - test.red_validated_at
        hours = round(delta.total_seconds() / 3600, 2)
        durations.append(hours)
        if slowest is None or hours > slowest["hours"]:
            slowest = {"test": test.name, "hours": hours}

    if not durations:
        return {"mean_hours": None, "sample_size": 0, "slowest": None}
    return {
        "mean_hours": round(sum(durations) / len(durations), 2),
        "sample_size": len(durations),
        "slowest": slowest,
    }
