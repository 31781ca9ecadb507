"""Loops over a query's rows that look for one row, or collect some, and do nothing else."""

from sqlalchemy import select

from shop.models import Customer, Order, OrderStatus, Product, Tag


def first_unpaid(session):
    # whoever waits longest
    for order in session.query(Order).order_by(Order.id):
        # not yet paid
        if order.status == OrderStatus.NEW:
            return order
    return None


def without_birthday(session):
    for customer in session.scalars(select(Customer).order_by(Customer.id)):
        if customer.vip:
            continue
        if customer.birthday is None:
            return customer


def name_of(session, email: str):
    customers = session.query(Customer).all()
    for customer in customers:
        if customer.email == email:
            return customer.name.upper()
    raise LookupError(email)


def much_used(session):
    found = None
    for tag in session.query(Tag).order_by(Tag.name):
        if tag.uses > 2:
            found = tag
            break
    return found.name if found else None


def orphan(session):
    for product in session.scalars(select(Product).order_by(Product.sku)).all():
        if product.supplier_id is None and product.active:
            break
    else:
        raise LookupError("every product has a supplier")
    return product.sku


def retire(session):
    for product in session.query(Product).order_by(Product.id):
        if product.active and product.stock is None:
            product.active = False
            name = product.name
            return name
    return "none"


def of_nobody(session):
    numbers: list[str] = []
    orders = session.query(Order).order_by(Order.id).all()
    for order in orders:
        if order.customer_id is None:
            numbers.append(order.number)
    return numbers


def paid(session):
    result = []
    for order in session.scalars(select(Order).order_by(Order.number)):
        if order.status != OrderStatus.PAID:
            continue
        result.append(order)
    return [order.number for order in result]
