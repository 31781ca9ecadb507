"""A part of a list, its largest row and its first in another order, of lists used for nothing else."""

from operator import attrgetter

from sqlalchemy import select

from shop.models import Customer, Order, Product, Tag


def second_page(session):
    orders = session.query(Order).order_by(Order.id).offset(3).limit(3).all()
    return [order.number for order in orders]


def third_page(session):
    return session.scalars(select(Customer).order_by(Customer.id).offset(4).limit(2)).all()


def latest(session):
    order = session.query(Order).order_by(Order.placed_on.desc(), Order.id).first()
    if order is None:
        raise ValueError("max() arg is an empty sequence")
    return order


def least_used(session):
    return session.scalars(select(Tag).order_by(Tag.uses, Tag.id).limit(1)).first()


def most_used(session):
    tags = session.query(Tag).order_by(Tag.uses.desc(), Tag.name).limit(1).all()
    if not tags:
        return None
    return tags[0]


def rarest(session):
    tags = session.query(Tag).order_by(Tag.uses, Tag.id).limit(3).all()
    return [tag.name for tag in tags[:3]]


def newest(session):
    orders = session.scalars(
        select(Order).order_by(Order.placed_on.desc(), Order.id).limit(2)
    ).all()
    return [order.number for order in orders[:2]]


def best_seller(session):
    best = session.query(Tag).order_by(Tag.uses.desc(), Tag.id).first()
    return best.name if best is not None else None


def last_of_stock(session):
    scarce = session.scalars(
        select(Product)
        .order_by(Product.stock, Product.id)
        .where(Product.stock.isnot(None), Product.active.is_(True))
        .limit(1)
    ).first()
    return scarce and scarce.sku
