"""Nothing gives a reason to expect a key a second time."""

import secrets

from shop.models import Customer, Order, OrderLine, Product
from sqlalchemy import func


def dearer(session, product_id):
    query = session.query(func.count(OrderLine.id))
    return query.filter(OrderLine.product_id > product_id).scalar()


def of_primary_keys(session):
    products = session.query(Product).order_by(Product.id).all()
    return {product.id: dearer(session, product.id) for product in products}


def of_items(session, product_ids):
    return [dearer(session, product_id) for product_id in product_ids]


def of_numbers(session, count):
    return [dearer(session, int(number)) for number in range(count)]


def of_identities(session, payload):
    return [dearer(session, item["id"]) for item in payload]


def of_dicts(session, quantities):
    return {key: dearer(session, key) + most for key, most in quantities.items()}


def of_unique_columns(session):
    orders = session.query(Order.number, Order.total).all()
    return [
        session.query(Order.id).filter(Order.number > number).order_by(Order.number).first()
        for number, _ in orders
    ]


def of_lines_of_orders(session):
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        for line in order.lines:
            found.append(dearer(session, line.id))
    return found


def free_login(session, login):
    taken = session.query(Customer.id).filter(Customer.name >= login).first()
    while taken is not None:
        suffix = secrets.token_hex(2)
        taken = session.query(Customer.id).filter(Customer.name >= suffix).first()
    return login
