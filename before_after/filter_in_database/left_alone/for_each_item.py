"""Every row is used, by one item of a loop or another: filters would be a query for each item."""

from shop.models import Order


def numbers_of_each(session, customers):
    orders = session.query(Order).order_by(Order.id).all()
    found = {}
    for customer in customers:
        found[customer.id] = [order for order in orders if order.status == customer.status]
    return found


def numbers_in_one_go(session, customers):
    orders = session.query(Order).order_by(Order.id).all()
    return [{order.id for order in orders if order.status == each.status} for each in customers]
