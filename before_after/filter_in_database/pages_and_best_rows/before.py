"""A part of a list, its largest row and its first in another order, of lists used for nothing else."""

from operator import attrgetter

from sqlalchemy import select

from shop.models import Customer, Order, Product, Tag


def second_page(session):
    orders = session.query(Order).order_by(Order.id).all()
    return [order.number for order in orders[3:6]]


def third_page(session):
    return session.scalars(select(Customer).order_by(Customer.id)).all()[4:6]


def latest(session):
    return max(session.query(Order).order_by(Order.id), key=lambda order: order.placed_on)


def least_used(session):
    tags = session.scalars(select(Tag).order_by(Tag.id)).all()
    return min(tags, key=lambda tag: tag.uses, default=None)


def most_used(session):
    tags = session.query(Tag).order_by(Tag.name).all()
    if not tags:
        return None
    return max(tags, key=attrgetter("uses"))


def rarest(session):
    tags = session.query(Tag).order_by(Tag.id).all()
    tags.sort(key=lambda tag: tag.uses)
    return [tag.name for tag in tags[:3]]


def newest(session):
    orders = sorted(
        session.scalars(select(Order).order_by(Order.id)).all(),
        key=lambda order: order.placed_on,
        reverse=True,
    )
    return [order.number for order in orders[:2]]


def best_seller(session):
    best = None
    for tag in session.query(Tag).order_by(Tag.id):
        if best is None or tag.uses > best.uses:
            best = tag
    return best.name if best is not None else None


def last_of_stock(session):
    scarce = None
    for product in session.scalars(select(Product).order_by(Product.id)):
        if product.stock is None or not product.active:
            continue
        if scarce is None or product.stock < scarce.stock:
            scarce = product
    return scarce and scarce.sku
