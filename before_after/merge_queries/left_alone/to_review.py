"""One query does it, but for what a person has to look at."""

import time

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from somewhere import notify

from shop.models import Address, Category, Customer, Order, OrderLine, Payment, Product, Review


def again(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    time.sleep(5)
    same = session.query(Order).filter(Order.id == order_id).first()  # review: merge-queries (same-answer)
    return order, same


def set_in_between(session, found, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    found[order_id] = order
    same = session.query(Order).filter(Order.id == order_id).first()  # review: merge-queries (same-answer)
    return found, same


def by_its_own_key(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one_or_none()
    if order is None:
        return None
    return session.query(Order).filter(Order.id == order.id).one_or_none()  # review: merge-queries (same-answer)


def only_sometimes(session, customer_id: int):
    orders = (  # the first one
        session.query(func.count(Order.id)).filter(Order.customer_id == customer_id).scalar()  # review: merge-queries (sent-together)
    )
    if orders > 3:
        reviews = session.query(func.count(Review.id)).filter(Review.customer_id == customer_id)
        return reviews.scalar()
    addresses = (
        session.query(func.count(Address.id)).filter(Address.customer_id == customer_id).scalar()
    )
    return orders + addresses


def left_between(session, category_id: int):
    category = session.query(Category).filter(Category.id == category_id).first()
    if category is None:
        raise LookupError(category_id)
    below = (
        session.query(Category).filter(Category.parent_id == category_id).all()  # review: merge-queries (sent-together)
    )
    return category, below


def key_of_any_kind(session, category_id):
    category = session.query(Category).filter(Category.id == category_id).first()
    below = (
        session.query(Category).filter(Category.parent_id == category_id).all()  # review: merge-queries (keys-equal)
    )
    return category, below


def day_of_any_kind(session, day):
    orders = session.query(Order).all()
    before = session.query(Order).filter(Order.placed_on < day).count()
    return len(orders), before


def number_of_any_kind(session, least):
    lines = session.query(OrderLine).all()
    few = session.query(OrderLine).filter(OrderLine.quantity < least).count()  # review: merge-queries (tests-equal)
    return len(lines), few


def notified(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    payments = (
        session.query(func.sum(Payment.amount)).filter(Payment.order_id == order.id).scalar()  # review: merge-queries (calls-known)
    )
    notify(order)
    lines = session.query(func.max(Order.id)).filter(Order.customer_id == order.customer_id)
    number = lines.scalar()
    address = (
        session.query(func.count(Address.id)).filter(Address.id == order.address_id).scalar()
    )
    return payments, number, address


def one_by_one(session, product_id: int):
    found = session.query(Product).filter(Product.id == product_id).first()
    number = (
        session.query(func.count(Review.id)).filter(Review.product_id == product_id).scalar()  # review: merge-queries (not-suspended)
    )
    yield number
    stock = session.query(func.max(Product.stock)).filter(Product.id == product_id).scalar()
    yield found, stock


def counted(session: Session, customer_id: int):
    customer = session.query(Customer).filter(Customer.id == customer_id).one()
    orders = (
        session.query(func.count(Order.id)).filter(Order.customer_id == customer_id).scalar()  # review: merge-queries (nothing-written)
    )
    customer.vip = orders > 10
    reviews = (
        session.query(func.count(Review.id)).filter(Review.customer_id == customer_id).scalar()
    )
    return orders, reviews


def pending_on_1_4(session, customer_id: int):
    orders = (
        session.scalar(select(func.count(Order.id)).where(Order.customer_id == customer_id))  # review: merge-queries (flushes-alike)
    )
    reviews = session.scalar(select(func.count(Review.id)).where(Review.customer_id == customer_id))
    return orders, reviews


def added_before(session, customer_id: int):
    session.add(Order(customer_id=customer_id))
    orders = (
        session.scalar(select(func.count(Order.id)).where(Order.customer_id == customer_id))  # found: merge-queries (flushes-alike)
    )
    reviews = session.scalar(select(func.count(Review.id)).where(Review.customer_id == customer_id))
    return orders, reviews


def row_may_be_missing(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    customer = session.query(Customer).filter(Customer.id == order.customer_id).first()  # found: merge-queries (row-there)
    return customer


def without_a_foreign_key(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    supplier = session.query(Product).filter(Product.id == order.address_id).first()
    product = session.query(Product).filter(Product.id == order.id).first()  # review: merge-queries (keys-equal)
    return order, supplier, product


def told_in_between(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    notify(order)
    customer = session.query(Customer).filter(Customer.id == order.customer_id).first()  # review: merge-queries (calls-known)
    return order, customer
