"""The lazy load flushes what is pending: new rows get their keys, the database its say."""

from shop.models import AuditLog, Order


def key_of_a_new_row(session):
    for order in session.query(Order).all():
        entry = AuditLog(entity_type="order", entity_id=str(order.id), action="seen")
        session.add(entry)
        print(order.customer, entry.id)  # found: eager-load (no-flush-needed)


def logged(session, now):
    for order in session.query(Order).all():
        name = order.customer.name  # review: eager-load (no-flush-needed)
        session.add(AuditLog(entity_type="customer", entity_id=name, action="seen", timestamp=now))


def must_be_unique(session, numbers):
    for order in session.query(Order).all():
        print(order.customer)  # review: eager-load (no-flush-needed)
        order.number = numbers[order.id]


def pending_before(session, order):
    session.add(order)
    with session.no_autoflush:
        orders = session.query(Order).order_by(Order.id).all()
    return [order.customer for order in orders]  # review: eager-load (no-flush-needed)
