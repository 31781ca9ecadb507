from sqlalchemy.orm import Session

from app.models import Notification, User


def create_notification(db: Session, user_id, title: str) -> Notification:
    notification = Notification(user_id=user_id, title=title)
    db.add(notification)
    db.commit()
    return notification


def notify_role(db: Session, role: str, title: str) -> int:
    users = db.query(User).filter(User.role == role, User.is_active).all()
    for user in users:
        create_notification(db, user.id, title)
    return len(users)
