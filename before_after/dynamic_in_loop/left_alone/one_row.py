"""One user is asked, or the relationship is only handed on."""

from shop.models import AuditLog, User


def actions(session, user_id: int):
    user = session.get(User, user_id)
    return [entry.action for entry in user.entries.order_by(AuditLog.id)]


def shown(session, show):
    for user in session.query(User).all():
        show(user.entries)


def first(session):
    for user in session.query(User).order_by(User.id):
        return user.entries.count()


def written(session):
    for user in session.query(User).all():
        user.entries.append(AuditLog(entity_type="user", entity_id="1", action="seen"))
        user.entries.filter_by(action="old").delete()
