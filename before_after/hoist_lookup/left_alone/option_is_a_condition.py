"""An option of the query that leaves out rows, and one that nobody knows; a count needs no others."""

from sqlalchemy.orm import with_loader_criteria

from shop.models import AuditLog, User


def logins(session):
    wanted = with_loader_criteria(AuditLog, AuditLog.action == "login")
    result = []
    for user in session.query(User).order_by(User.id).all():
        count = session.query(AuditLog).filter(AuditLog.user_id == user.id).options(wanted).count()  # found: hoist-lookup (keys-known-before)
        result.append(count)
    return result


def counts(session, options):
    result = []
    for user in session.query(User).order_by(User.id).all():
        count = session.query(AuditLog).filter(AuditLog.user_id == user.id).options(*options).count()  # found: hoist-lookup (keys-known-before)
        result.append(count)
    return result
