"""A statement writes rows past the session, and a query finds them: rows that are held it finds as they were."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from shop.models import Customer, Order, OrderLine


def totals_after_a_statement(session: Session):
    lines = [
        session.query(OrderLine).filter(OrderLine.order_id == order.id).count()  # review: hoist-lookup (rows-stay-loaded)
        for order in session.query(Order).order_by(Order.id).all()
    ]
    session.execute(text("UPDATE orders SET total = 0"))
    return lines, [order.total for order in session.query(Order).order_by(Order.id)]


def names_after_a_statement(session: Session):
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        found.append(session.query(Customer).filter(Customer.id == order.customer_id).one())  # review: hoist-lookup (rows-stay-loaded)
    found = [customer.name for customer in found]
    session.execute(Customer.__table__.update().values(name="nobody"))
    return found, [customer.name for customer in session.query(Customer).order_by(Customer.id)]


def each_month(session: Session, months: list[int]):
    counts = []
    for month in months:
        session.execute(text("UPDATE orders SET total = :month"), {"month": month})
        for order in session.query(Order).order_by(Order.id).all():
            lines = session.query(OrderLine).filter(OrderLine.order_id == order.id).count()  # review: hoist-lookup (rows-stay-loaded)
            counts.append((order.total, lines))
    return counts
