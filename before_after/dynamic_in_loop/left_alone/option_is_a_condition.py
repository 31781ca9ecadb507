"""An option of the query that leaves out rows, and one that nobody knows; a count needs no others."""

from sqlalchemy.orm import with_loader_criteria

from shop.models import AuditLog, User


def logins(session):
    wanted = with_loader_criteria(AuditLog, AuditLog.action == "login")
    result = []
    for user in session.query(User).order_by(User.id).all():
        result.append(user.entries.options(wanted).count())  # found: dynamic-in-loop (keys-known-before)
    return result


def counts(session, options):
    result = []
    for user in session.query(User).order_by(User.id).all():
        result.append(user.entries.options(*options).count())  # found: dynamic-in-loop (keys-known-before)
    return result
