"""The loop adds entries, which the next queries find."""

from shop.db import SessionLocal
from shop.models import AuditLog, User


def rotate():
    with SessionLocal() as session:
        for user in session.query(User).order_by(User.id).all():
            count = user.entries.count()  # found: dynamic-in-loop (table-not-written)
            user.entries.append(AuditLog(entity_type="user", entity_id=str(count), action="seen"))
        session.commit()
