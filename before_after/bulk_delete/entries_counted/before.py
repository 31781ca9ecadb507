"""Old audit entries are deleted and counted."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import AuditLog


def forget(session: Session, moment) -> str:
    deleted = 0
    for entry in session.query(AuditLog).filter(AuditLog.timestamp < moment):
        session.delete(entry)
        deleted += 1
    return f"{deleted} entries deleted"


def forget_rest(session: Session, deleted: int) -> int:
    for entry in session.scalars(select(AuditLog)).all():
        session.delete(entry)
        deleted += 1
    return deleted
