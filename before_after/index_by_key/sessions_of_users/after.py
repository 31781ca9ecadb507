"""Sessions are fetched for all users at once, and then searched again for each of them."""

from shop.models import AuditLog, User


def analytics(session):
    users = session.query(User).order_by(User.id).all()
    entries = session.query(AuditLog).order_by(AuditLog.id).all()
    result = {}
    entries_by_user_id = {}
    for entry in entries:
        entries_by_user_id.setdefault(entry.user_id, []).append(entry)
    for user in users:
        own = entries_by_user_id.get(user.id, [])
        result[user.login] = {"count": len(own), "first": own[0].action if own else None}
    return result
