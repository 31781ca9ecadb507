"""`next()` takes one row of all: with a condition, of an iterator, of a filter, or a column of it."""

from sqlalchemy import select

from shop.models import Customer, Order, OrderStatus, Product, Tag


class Desk:
    def __init__(self, session):
        self._db = session

    def unpaid(self):
        orders = self._db.query(Order).order_by(Order.id).all()
        return next((order for order in orders if order.status == OrderStatus.NEW), None)

    def oldest(self):
        # whoever came first
        found = self._db.scalars(select(Customer).order_by(Customer.id)).all()
        return next(iter(found), None)

    def without_supplier(self):
        products = self._db.execute(select(Product).order_by(Product.id)).scalars()
        return next(filter(lambda product: product.supplier_id is None, products), None)

    def first_tag(self, default="none"):
        tags = self._db.query(Tag).order_by(Tag.name)
        return next((tag.name.upper() for tag in tags if tag.uses > 2), default)

    def any_tag(self):
        try:
            return next(iter(self._db.query(Tag).order_by(Tag.name.desc()).all()))
        except StopIteration:
            return None


def of_desk(session):
    desk = Desk(session)
    return desk.unpaid(), desk.oldest(), desk.without_supplier(), desk.first_tag(), desk.any_tag()
