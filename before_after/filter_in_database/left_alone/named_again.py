"""The list has its name for longer than until the next statement, or something else has it."""

from shop.models import Order, Tag


def where_it_is_wanted(session, alone):
    orders = session.query(Order).order_by(Order.id).all()
    if alone:
        orders = [order for order in orders if order.customer_id is None]
    return orders


def kept_as_well(session):
    orders = session.query(Order).order_by(Order.id).all()
    everything = orders
    orders = [order for order in orders if order.customer_id is None]
    return orders, everything


def found_by_the_handler(session):
    tags = []
    try:
        tags = session.query(Tag).order_by(Tag.id).all()
        tags = tags[0]
    except IndexError:
        return tags
    return tags.name
