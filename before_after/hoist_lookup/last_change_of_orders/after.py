"""The time of the last entry in the audit log is queried for each order, whose key is text there."""

from sqlalchemy import func

from shop.models import AuditLog, Order


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def last_changes(session):
    result = {}
    orders = session.query(Order).order_by(Order.id).all()
    timestamps = {}
    for entity_ids in _chunks(str(order.id) for order in orders):
        for audit_log in (
            session.query(AuditLog.entity_id, func.max(AuditLog.timestamp).label("timestamp"))
            .filter(AuditLog.entity_type == "order", AuditLog.entity_id.in_(entity_ids))
            .group_by(AuditLog.entity_id)
        ):
            timestamps[audit_log.entity_id] = audit_log
    for order in orders:
        change = timestamps.get(str(order.id))
        result[order.number] = change.timestamp if change else None
    return result
