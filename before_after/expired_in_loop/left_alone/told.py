"""Rows that were loaded by one query are loaded again, each by itself, after a commit."""

from sqlalchemy import select

from shop.models import AuditLog, Customer, Order, OrderStatus


def ship(session):
    for order in session.query(Order).all():
        if order.total:  # found: expired-in-loop
            order.status = OrderStatus.SHIPPED
        session.commit()


def only_assigned(session):
    for order in session.query(Order).all():
        order.status = OrderStatus.SHIPPED  # found: expired-in-loop
        session.commit()


def in_batches(session, now):
    for i, order in enumerate(session.query(Order)):
        session.add(
            AuditLog(
                entity_type="order",
                entity_id=str(order.id),  # found: expired-in-loop
                action="seen",
                timestamp=now,
            )
        )
        if i % 500 == 0:
            session.commit()


def keep(session, entry):
    session.add(entry)
    session.commit()


def greet(session, now):
    for customer in session.scalars(select(Customer)):
        for word in ("hello", customer.name):  # found: expired-in-loop
            keep(session, AuditLog(entity_type=word, entity_id="", action="", timestamp=now))


def of_the_outer_loop(session, now):
    for customer in session.scalars(select(Customer)).all():
        for word in session.scalars(select(Order.number)):
            text = word + customer.name  # found: expired-in-loop
            keep(session, AuditLog(entity_type=text, entity_id="", action="", timestamp=now))


def one_may_fail(session, charge):
    for order in session.query(Order).filter(Order.total > 0).all():
        try:
            charge(order.number, order.total)  # found: expired-in-loop
            session.commit()
        except ValueError:
            session.rollback()


def added(session, now):
    customers = session.query(Customer).order_by(Customer.id).all()
    session.add(AuditLog(entity_type="list", entity_id="", action="seen", timestamp=now))
    session.commit()
    return [customer.name for customer in customers]  # found: expired-in-loop


def kept_elsewhere(session, now):
    orders = session.scalars(select(Order).order_by(Order.id)).all()
    entry = AuditLog(entity_type="orders", entity_id="", action="seen", timestamp=now)
    keep(session, entry)
    session.refresh(entry)
    total = 0
    for number, order in enumerate(orders):
        total += number * order.total  # found: expired-in-loop
    for order in orders:
        total += order.total
    return total
