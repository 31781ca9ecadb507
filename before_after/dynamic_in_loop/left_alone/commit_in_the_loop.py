"""A commit expires what was fetched, so that every row would be loaded again."""

from shop.models import AuditLog, User


def seen(session):
    for user in session.query(User).order_by(User.id).all():
        entries = user.entries.order_by(AuditLog.id).all()  # found: dynamic-in-loop (rows-stay-loaded)
        print(user.login, [entry.action for entry in entries])
        session.commit()
