"""The database may have triggers and cascades that reach the rows that are read."""

from shop.models import AuditLog, Order


def forget(session):
    for order in session.query(Order).order_by(Order.id).all():
        print(order.customer)  # review: eager-load (nothing-written)
        session.query(AuditLog).filter(AuditLog.entity_id == order.number).delete()
