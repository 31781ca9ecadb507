"""A listener that hides rows of a class does not know of a query for numbers of them."""

from sqlalchemy import event
from sqlalchemy.orm import Session

from shop.models import AuditLog, User


@event.listens_for(Session, "do_orm_execute")
def no_logins(state):
    described = state.statement.column_descriptions
    if any(column["type"] is AuditLog for column in described):
        state.statement = state.statement.where(AuditLog.action != "login")


def counts(session):
    users = session.query(User).order_by(User.id).all()
    return [user.entries.count() for user in users]  # review: dynamic-in-loop (asked-as-declared)
