"""A variable has the name of the class that the option for the second step needs."""

from shop.models import Order, OrderLine


def priced(session, OrderLine):
    skus = []
    for order in session.query(Order).order_by(Order.id):
        skus.append([line.product.sku for line in order.lines if line.product])
    return OrderLine, skus


def lines(session):
    return session.query(OrderLine).count()
