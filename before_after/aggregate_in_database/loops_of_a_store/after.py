"""Loops over a query's rows that add up, count, compare or test them, and do nothing else."""

from sqlalchemy import func, select

from shop.models import Order, OrderLine, OrderStatus, Product, Tag


def pieces(session, order_id):
    total = (
        session.query(func.coalesce(func.sum(OrderLine.quantity), 0))
        .filter(OrderLine.order_id == order_id)
        .scalar()
    )
    return total


def in_stock(session):
    pieces: int = session.execute(
        select(func.coalesce(func.sum(Product.stock), 0)).where(Product.active)
    ).scalar_one()
    return pieces


def much_used(session):
    count = session.query(func.count(Tag.id)).filter(Tag.uses > 2).scalar()
    return count


def latest(session, customer_id):
    last = session.execute(
        select(func.max(Order.placed_on)).where(Order.customer_id == customer_id)
    ).scalar_one()
    return last


def has_unpaid(session):
    # the desk has to call
    return session.query(
        session.query(Order).filter(Order.status == OrderStatus.NEW).exists()
    ).scalar()


def all_have_stock(session):
    return not session.execute(
        select(select(Product).where(Product.active.is_(True), Product.stock.is_(None)).exists())
    ).scalar_one()


def orphans(session):
    orphaned = session.execute(
        select(select(Product).where(Product.supplier_id.is_(None)).exists())
    ).scalar_one()
    return orphaned


def check(session):
    if session.query(session.query(OrderLine).filter(OrderLine.quantity < 0).exists()).scalar():
        raise ValueError("there are lines below zero")
    return "fine"


def ones(session):
    return session.query(func.count(Order.id)).filter(Order.customer_id.is_(None)).scalar()
