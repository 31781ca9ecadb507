"""The first row of each key, by an order that a joined table knows."""

from sqlalchemy import select

from shop.models import Customer, Order, OrderLine


def latest(session):
    found = []
    for customer in list(session.query(Customer).order_by(Customer.id)):
        line = (
            session.query(OrderLine)
            .join(Order, OrderLine.order_id == Order.id)
            .filter(Order.customer_id == customer.id)
            .order_by(Order.placed_on.desc(), OrderLine.unit_price.desc(), OrderLine.id)
            .first()
        )
        found.append((customer.email, line.quantity if line else 0))
    return found


def dearest(session):
    found = []
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        order = session.scalars(
            select(Order)
            .join(OrderLine, OrderLine.order_id == Order.id)
            .where(Order.customer_id == customer.id, OrderLine.quantity > 1)
            .order_by(OrderLine.unit_price.desc(), Order.id.desc())
            .limit(1)
        ).first()
        found.append(order.number if order else None)
    return found
