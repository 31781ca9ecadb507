"""The session flushes when it is told to: what waited before the query is written after it."""

from sqlalchemy.orm import sessionmaker

from shop.models import AuditLog, Customer, Order

Session = sessionmaker(autoflush=False)


def logged(orders_moved, now):
    with Session() as session:
        for order_id, customer_id in orders_moved.items():
            session.get(Order, order_id).customer = session.get(Customer, customer_id)
        for order in session.query(Order).order_by(Order.id).all():
            name = order.customer.name  # review: eager-load (no-flush-needed)
            session.add(AuditLog(entity_type="customer", entity_id=name, action="x", timestamp=now))
            session.flush()
