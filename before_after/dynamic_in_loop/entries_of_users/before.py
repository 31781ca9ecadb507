"""The newest entries of the users of a list, which the database sorts."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import AuditLog, User


def newest(session: Session, logins: list[str], action: str) -> dict[str, list[str]]:
    users = session.scalars(select(User).where(User.login.in_(logins)).order_by(User.id)).all()
    found: dict[str, list[str]] = {}
    for user in users:
        entries = user.entries.filter_by(action=action).order_by(
            AuditLog.timestamp.desc(), AuditLog.id
        )
        found[user.login] = [f"{entry.entity_type} {entry.entity_id}" for entry in entries]
    return found
