"""Old audit entries are deleted, each by itself."""

from shop.models import AuditLog


def forget(session, moment):
    session.query(AuditLog).filter(AuditLog.timestamp < moment).delete(synchronize_session="fetch")
    return session.query(AuditLog).count()
