"""Example: what came along with a copy of another query is loaded, and never looked at."""

from shop.models import Order, OrderLine, Product
from sqlalchemy.orm import joinedload, selectinload


def numbers(session):
    # for the totals
    orders = session.query(Order).options(joinedload(Order.customer)).order_by(Order.id).all()
    return [(order.number, order.customer and order.customer.name) for order in orders]


def first_quantities(session):
    query = session.query(Order).options(selectinload(Order.lines))
    return {order.number: sum(line.quantity for line in order.lines) for order in query}


def prices(session):
    products = session.query(Product).order_by(Product.id)
    return [product.price for product in products]
