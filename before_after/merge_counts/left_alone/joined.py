"""A join multiplies the rows of what is counted, also one that a condition brings in."""

from sqlalchemy import exists, func, select

from shop.models import Order, OrderLine, Payment, Product, Tag


def with_large_lines(session):
    paid = session.query(Order).filter(Order.total > 3).count()
    lines = session.query(Order).join(Order.lines).filter(Order.id > 5).count()
    return paid, lines


def by_condition(session):
    orders = session.query(Order).filter(Order.total > 3).count()
    lines = session.query(Order).filter(Order.id == OrderLine.order_id).count()
    payments = session.query(Order).filter(Order.id == Payment.id).count()
    return orders, lines, payments


def by_membership(session, tag: Tag):
    products = session.query(Product).filter(Product.active).count()
    tagged = session.query(Product).filter(Product.tags.contains(tag)).count()
    return products, tagged


def by_subquery(session):
    orders = session.scalar(select(func.count(Order.id)).where(Order.total > 3))
    lines = select(OrderLine.order_id).where(OrderLine.quantity > 1)
    large = session.scalar(select(func.count(Order.id)).where(Order.id.in_(lines)))
    free = session.scalar(
        select(func.count(Order.id)).where(exists().where(OrderLine.order_id == Order.id))
    )
    return orders, large, free
