"""A notification is one insert, and no query stands in a loop."""

from __future__ import annotations

from soc.models import Notification, User, utcnow
from sqlalchemy import func
from sqlalchemy.orm import Session


def create_notification(
    db: Session, user_id: int, type: str, title: str, message: str | None = None
) -> Notification:
    notification = Notification(
        user_id=user_id, type=type, title=title, message=message, created_at=utcnow()
    )
    db.add(notification)
    db.commit()
    return notification


def unread_count(db: Session, user_id: int) -> int:
    return (
        db.query(func.count(Notification.id))
        .filter(Notification.user_id == user_id, Notification.read.is_(False))
        .scalar()
        or 0
    )


def mark_all_read(db: Session, user_id: int) -> int:
    changed = (
        db.query(Notification)
        .filter(Notification.user_id == user_id, Notification.read.is_(False))
        .update({"read": True}, synchronize_session=False)
    )
    db.commit()
    return changed


def recipients(db: Session, roles: list[str]) -> list[int]:
    """Everybody who wants to know what happens to a test."""
    users = (
        db.query(User)
        .filter(User.role.in_(roles), User.is_active.is_(True))
        .order_by(User.id)
        .all()
    )
    return [user.id for user in users]
