"""A marshmallow schema in another file reads two steps of each row."""

from shop.models import Order

from schemas import orders_schema


def index(session):
    orders = session.query(Order).order_by(Order.id).all()
    return orders_schema.dump(orders)
