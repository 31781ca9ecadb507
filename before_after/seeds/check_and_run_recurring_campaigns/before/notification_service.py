"""Messages for the users of the application."""

from __future__ import annotations

from soc.models import Notification, utcnow
from sqlalchemy.orm import Session


def create_notification(
    db: Session,
    user_id: int,
    type: str,
    title: str,
    message: str | None = None,
    entity_id: int | None = None,
) -> Notification:
    notification = Notification(
        user_id=user_id,
        type=type,
        title=title,
        message=message,
        entity_type="campaign",
        entity_id=entity_id,
        created_at=utcnow(),
    )
    db.add(notification)
    db.commit()
    return notification
