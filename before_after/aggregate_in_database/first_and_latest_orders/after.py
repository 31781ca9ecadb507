"""The smallest and the largest of dates, and the ValueError where there are none."""

from sqlalchemy import func

from shop.models import Order, OrderStatus, Tag


def latest(session, customer_id):
    try:
        highest_placed_on = (
            session.query(func.max(Order.placed_on))
            .filter(Order.customer_id == customer_id)
            .scalar()
        )
        if highest_placed_on is None:
            raise ValueError("max() arg is an empty sequence")
        return highest_placed_on
    except ValueError as error:
        return str(error)


def latest_or(session, customer_id, day):
    try:
        highest_placed_on = (
            session.query(func.max(Order.placed_on))
            .filter(Order.customer_id == customer_id)
            .scalar()
        )
        if highest_placed_on is None:
            raise ValueError("max() arg is an empty sequence")
        day = highest_placed_on
    except ValueError:
        pass
    return day


def first_paid(session):
    paid = session.query(Order).filter(Order.status == OrderStatus.PAID).order_by(Order.id)
    first = paid.order_by(None).with_entities(func.min(Order.placed_on)).scalar()
    if first is None:
        raise ValueError("min() arg is an empty sequence")
    return first.isoformat()


def spread(session):
    most = session.query(func.coalesce(func.max(Tag.uses), 0)).scalar()
    least = session.query(func.min(Tag.uses)).scalar()
    return most, least
