"""The column holds text and the keys are numbers: PostgreSQL says no, SQLite finds `7` for 7."""

from shop.models import AuditLog, Order


def histories(session):
    result = {}
    for order in session.query(Order).order_by(Order.id).all():
        entries = (
            session.query(AuditLog)  # found: hoist-lookup (keys-equal)
            .filter(AuditLog.entity_type == "order", AuditLog.entity_id == order.id)
            .order_by(AuditLog.id)
            .all()
        )
        result[order.number] = [entry.action for entry in entries]
    return result
