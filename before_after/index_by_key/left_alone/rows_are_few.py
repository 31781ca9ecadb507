"""A search of few rows, or of those that one row has."""

from shop.models import Order, OrderLine, Product


def latest(session, ids):
    orders = session.query(Order).order_by(Order.id.desc()).limit(10).all()
    return [[order for order in orders if order.id == number] for number in ids]


def of_one(session, order: Order, products: list[Product]):
    found = []
    for product in products:
        found.append([line for line in order.lines if line.product_id == product.id])
    return found


def per_order(session):
    found = []
    for order in session.query(Order).all():
        lines = session.query(OrderLine).filter(OrderLine.order_id == order.id).all()
        for position in (1, 2, 3):
            found.append([line for line in lines if line.position == position])
    return found


def other_conditions(session, numbers):
    orders = session.query(Order).all()
    later = [[order for order in orders if order.id > number] for number in numbers]
    labels = [[order for order in orders if order.id == 1] for number in numbers]
    return later, labels, [next(o for o in orders if o.id == number) for number in numbers]
