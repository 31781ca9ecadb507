"""Rows are made, found, changed and deleted one at a time, without loops."""

from __future__ import annotations

from soc.models import Worklog, utcnow
from sqlalchemy.orm import Session


def start_worklog(
    db: Session, user_id: int, entity_type: str, entity_id: int, activity: str
) -> Worklog:
    worklog = Worklog(
        user_id=user_id,
        entity_type=entity_type,
        entity_id=entity_id,
        activity=activity,
        started_at=utcnow(),
    )
    db.add(worklog)
    db.commit()
    db.refresh(worklog)
    return worklog


def stop_worklog(db: Session, worklog_id: int) -> Worklog | None:
    worklog = db.query(Worklog).filter(Worklog.id == worklog_id).first()
    if worklog is None or worklog.ended_at is not None:
        return worklog
    worklog.ended_at = utcnow()
    worklog.seconds = int((worklog.ended_at - worklog.started_at).total_seconds())
    db.commit()
    return worklog


def list_worklogs(db: Session, entity_type: str, entity_id: int) -> list[Worklog]:
    return (
        db.query(Worklog)
        .filter(Worklog.entity_type == entity_type, Worklog.entity_id == entity_id)
        .order_by(Worklog.started_at.desc())
        .all()
    )


def delete_worklog(db: Session, worklog_id: int) -> bool:
    worklog = db.query(Worklog).filter(Worklog.id == worklog_id).first()
    if worklog is None:
        return False
    db.delete(worklog)
    db.commit()
    return True
