"""Old audit entries are deleted, each by itself."""

from shop.models import AuditLog


def forget(session, moment):
    for entry in session.query(AuditLog).filter(AuditLog.timestamp < moment).all():
        session.delete(entry)
    return session.query(AuditLog).count()
