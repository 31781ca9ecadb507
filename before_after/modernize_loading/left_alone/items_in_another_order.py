"""A subquery gives the items in another order, or those of other rows."""

from sqlalchemy.orm import subqueryload

from shop.models import Customer, Order, PriceListEntry


def reviews(session):
    return session.query(Customer).options(subqueryload(Customer.reviews)).all()  # review: modernize-loading (item-order)


def latest(session):
    query = session.query(Order).options(subqueryload(Order.lines))  # review: modernize-loading (no-limit)
    return query.order_by(Order.placed_on).limit(10).all()
