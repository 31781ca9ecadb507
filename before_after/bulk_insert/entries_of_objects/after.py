"""Audit entries are saved in bulk, one at a time."""

from datetime import datetime

from shop.models import AuditLog, Order


def log_orders(session, action):
    audit_logs = []
    for order in session.query(Order).order_by(Order.id):
        entry = AuditLog(
            entity_type="order",
            entity_id=order.number,
            action=action,
            timestamp=datetime(2026, 1, 1),
        )
        audit_logs.append(entry)
    if audit_logs:
        session.bulk_save_objects(audit_logs)
    return session.query(AuditLog).filter_by(action=action).count()
