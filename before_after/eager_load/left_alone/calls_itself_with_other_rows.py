"""Functions call themselves with rows of another class or with another flag, and with expired rows."""

from shop.db import SessionLocal
from shop.models import Customer, Order, OrderLine, Product


def told(row, session):
    if isinstance(row, Order):
        session.expire(row)
        return row.number
    return f"{row.quantity} in {told(row.order, session)}"  # review: eager-load (calls-known)


def lines_told():
    with SessionLocal() as session:
        lines = session.query(OrderLine).order_by(OrderLine.id).all()
        return [told(line, session) for line in lines]


def named(order, session, again):
    if again:
        session.expire(order)
    name = order.customer.name  # review: eager-load (calls-known)
    return name if again else f"{name} / {named(order, session, True)}"


def customers_named():
    with SessionLocal() as session:
        orders = session.query(Order).filter(Order.customer_id.isnot(None)).order_by(Order.id)
        return [named(order, session, False) for order in orders.all()]


def path(category, session):
    parent = category.parent  # found: eager-load (calls-known)
    session.expire(category)
    return [category.slug, *(path(parent, session) if parent is not None else [])]


def paths():
    with SessionLocal() as session:
        products = session.query(Product).filter(Product.category_id.isnot(None))
        return [path(product.category, session) for product in products.all()]  # found: eager-load (calls-known)


def numbers_of(customer, session):
    if customer is None:
        session.expire_all()
        return []
    numbers = [order.number for order in customer.orders]  # review: eager-load (calls-known)
    return numbers + numbers_of(customer.referrer, session)


def numbers():
    with SessionLocal() as session:
        customers = session.query(Customer).filter(Customer.referrer_id.is_(None)).all()
        return [numbers_of(customer, session) for customer in customers]
