from datetime import datetime, timedelta

from sqlalchemy import func
from sqlalchemy.orm import Session

from app.models import AuditLog, Test, TestState


def calculate_mttd(db: Session) -> float | None:
    tests = db.query(Test).filter(Test.state == TestState.validated).all()
    durations = []
    for test in tests:
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
        if red_start and blue_start:
            durations.append((blue_start[0] - red_start[0]).total_seconds() / 3600)
    return sum(durations) / len(durations) if durations else None


def calculate_mttr(db: Session) -> float | None:
    tests = db.query(Test).filter(Test.red_validated_at.isnot(None)).all()
    durations = []
    for test in tests:
        remediation_complete = (
            db.query(AuditLog.timestamp)
            .filter(
                AuditLog.entity_id == str(test.id),
                AuditLog.action == "complete_remediation",
            )
            .order_by(AuditLog.timestamp.desc())
            .first()
        )
        if remediation_complete:
            delta = remediation_complete[0] - test.red_validated_at
            durations.append(delta.total_seconds() / 3600)
    return sum(durations) / len(durations) if durations else None


def calculate_rejection_rate(db: Session) -> dict:
    validated_count = (
        db.query(func.count(Test.id)).filter(Test.state == TestState.validated).scalar() or 0
    )
    rejected_count = (
        db.query(func.count(Test.id)).filter(Test.state == TestState.rejected).scalar() or 0
    )
    total = validated_count + rejected_count
    rate = round(rejected_count / total * 100, 1) if total > 0 else 0.0

    red_rejected = (
        db.query(func.count(Test.id)).filter(Test.red_validation_status == "rejected").scalar()
    ) or 0
    red_total = (
        db.query(func.count(Test.id))
        .filter(Test.red_validation_status.in_(["approved", "rejected"]))
        .scalar()
    ) or 0
    blue_rejected = (
        db.query(func.count(Test.id)).filter(Test.blue_validation_status == "rejected").scalar()
    ) or 0
    blue_total = (
        db.query(func.count(Test.id))
        .filter(Test.blue_validation_status.in_(["approved", "rejected"]))
        .scalar()
    ) or 0
    return {
        "rate": rate,
        "total": total,
        "red": round(red_rejected / red_total * 100, 1) if red_total else 0.0,
        "blue": round(blue_rejected / blue_total * 100, 1) if blue_total else 0.0,
    }


def get_operational_trend(db: Session, days: int = 90) -> list[dict]:
    now = datetime.utcnow()
    current = now - timedelta(days=days)
    weeks = []
    while current < now:
        week_end = min(current + timedelta(days=7), now)
        validated_up_to = (
            db.query(Test)
            .filter(Test.state == TestState.validated, Test.red_validated_at <= week_end)
            .all()
        )
        weeks.append({"week": week_end.isoformat(), "validated": len(validated_up_to)})
        current = week_end
    return weeks
