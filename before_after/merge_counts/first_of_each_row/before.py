"""Rows of one number that are unpacked with `[0]`, and a `match` on the way."""

from sqlalchemy import func, select

from shop.models import AuditLog


def actions(session, mode):
    closed = session.query(func.count(AuditLog.id)).filter(AuditLog.action == "closed").one()[0]
    match mode:
        case "short":
            label = "s"
        case _:
            label = "l"
    last = (
        session.query(func.max(AuditLog.timestamp)).filter(AuditLog.action == "closed").first()[0]
    )
    return label, closed, last


def users(session):
    known, first = (
        session.execute(
            select(func.count(AuditLog.user_id.distinct())).where(AuditLog.entity_type == "order")
        ).scalar(),
        session.execute(select(func.min(AuditLog.user_id))).scalar(),
    )
    return known, first
