"""Rows of one number that are unpacked with `[0]`, and a `match` on the way."""

from sqlalchemy import case, func, select

from shop.models import AuditLog


def actions(session, mode):
    closed, last = (
        session.query(func.count(AuditLog.id), func.max(AuditLog.timestamp))
        .filter(AuditLog.action == "closed")
        .one()
    )
    match mode:
        case "short":
            label = "s"
        case _:
            label = "l"
    return label, closed, last


def users(session):
    known, first = session.execute(
        select(
            func.count(case((AuditLog.entity_type == "order", AuditLog.user_id)).distinct()),
            func.min(AuditLog.user_id),
        )
    ).one()
    return known, first
