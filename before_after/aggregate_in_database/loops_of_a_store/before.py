"""Loops over a query's rows that add up, count, compare or test them, and do nothing else."""

from sqlalchemy import select

from shop.models import Order, OrderLine, OrderStatus, Product, Tag


def pieces(session, order_id):
    total = 0
    for line in session.query(OrderLine).filter(OrderLine.order_id == order_id):
        total += line.quantity
    return total


def in_stock(session):
    products = session.scalars(select(Product).where(Product.active)).all()
    pieces: int = 0
    for product in products:
        pieces = pieces + (product.stock or 0)
    return pieces


def much_used(session):
    count = 0
    for tag in session.query(Tag).order_by(Tag.name).all():
        if tag.uses > 2:
            count += 1
    return count


def latest(session, customer_id):
    last = None
    for order in session.scalars(select(Order).where(Order.customer_id == customer_id)):
        if last is None or order.placed_on > last:
            last = order.placed_on
    return last


def has_unpaid(session):
    for order in session.query(Order):
        # the desk has to call
        if order.status == OrderStatus.NEW:
            return True
    return False


def all_have_stock(session):
    for product in session.scalars(select(Product)):
        if product.active and product.stock is None:
            return False
    return True


def orphans(session):
    orphaned = False
    for product in session.scalars(select(Product)):
        if product.supplier_id is None:
            orphaned = True
            break
    return orphaned


def check(session):
    for line in session.query(OrderLine):
        if line.quantity < 0:
            raise ValueError("there are lines below zero")
    return "fine"


def ones(session):
    return sum(1 for order in session.query(Order) if order.customer_id is None)
