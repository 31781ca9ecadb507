"""The smallest and the largest of dates, and the ValueError where there are none."""

from shop.models import Order, OrderStatus, Tag


def latest(session, customer_id):
    try:
        return max(
            order.placed_on
            for order in session.query(Order).filter(Order.customer_id == customer_id)
        )
    except ValueError as error:
        return str(error)


def latest_or(session, customer_id, day):
    try:
        day = max(
            order.placed_on
            for order in session.query(Order).filter(Order.customer_id == customer_id)
        )
    except ValueError:
        pass
    return day


def first_paid(session):
    paid = session.query(Order).filter(Order.status == OrderStatus.PAID).order_by(Order.id)
    first = min(order.placed_on for order in paid)
    return first.isoformat()


def spread(session):
    most = max((tag.uses for tag in session.query(Tag).all()), default=0)
    least = min((tag.uses for tag in session.query(Tag).all()), default=None)
    return most, least
