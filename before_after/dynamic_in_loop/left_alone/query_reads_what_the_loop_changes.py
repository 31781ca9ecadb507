"""The query leaves out what earlier iterations have seen."""

from shop.models import AuditLog, User


def others(session):
    seen: list = []
    result = []
    for user in session.query(User).order_by(User.id).all():
        count = user.entries.filter(AuditLog.action.notin_(seen)).count()  # found: dynamic-in-loop (query-invariant)
        seen.append(user.login)
        result.append(count)
    return result
