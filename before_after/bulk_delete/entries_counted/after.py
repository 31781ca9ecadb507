"""Old audit entries are deleted and counted."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shop.models import AuditLog


def forget(session: Session, moment) -> str:
    deleted = (
        session.query(AuditLog)
        .filter(AuditLog.timestamp < moment)
        .delete(synchronize_session="fetch")
    )
    return f"{deleted} entries deleted"


def forget_rest(session: Session, deleted: int) -> int:
    deleted += session.execute(
        delete(AuditLog).execution_options(synchronize_session="fetch")
    ).rowcount
    return deleted
