"""A first row that is fetched alone, is used besides, or may be None for another reason."""

from sqlalchemy import select

from shop.models import Customer, Order, Product


def number(session, customer_id):
    order = session.query(Order).filter(Order.customer_id == customer_id).first()
    if order is None:
        return None
    return order.number


def is_known(session, customer_id):
    found = session.query(Order).filter(Order.customer_id == customer_id).first()
    return found is not None  # review: exists-in-database (worth-asking)


def customer_of_some_order(session):
    customers = session.query(Customer).select_from(Order).outerjoin(Order.customer)
    return customers.filter(Order.total > 5).first() is None


def is_true(session):
    if session.query(Product).filter(Product.stock > 3).first():
        return "there are some"
    return "sold out"


def column(session):
    return session.scalars(select(Order.customer_id).where(Order.total > 5)).first() is None


def column_of_two(session):
    asked = select(Order.customer_id, Order).where(Order.total > 5)
    return session.scalars(asked).first() is None


def for_each(session, totals):
    return [session.query(Order).filter(Order.total > t).first() is None for t in totals]


def compared(session, product):
    return session.scalars(select(Product).where(Product.stock > 3)).first() == product
