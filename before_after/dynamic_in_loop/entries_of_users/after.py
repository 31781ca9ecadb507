"""The newest entries of the users of a list, which the database sorts."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import AuditLog, User


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def newest(session: Session, logins: list[str], action: str) -> dict[str, list[str]]:
    users = session.scalars(select(User).where(User.login.in_(logins)).order_by(User.id)).all()
    found: dict[str, list[str]] = {}
    audit_logs_by_user_id: dict[int | None, list[AuditLog]] = {}
    for user_ids in _chunks(user.id for user in users):
        for audit_log in (
            session.query(AuditLog)
            .filter(AuditLog.user_id.in_(user_ids))
            .filter_by(action=action)
            .order_by(AuditLog.timestamp.desc(), AuditLog.id)
        ):
            audit_logs_by_user_id.setdefault(audit_log.user_id, []).append(audit_log)
    for user in users:
        found[user.login] = [
            f"{entry.entity_type} {entry.entity_id}"
            for entry in audit_logs_by_user_id.get(user.id, [])
        ]
    return found
