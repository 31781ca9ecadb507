"""`next()` takes one row of all: with a condition, of an iterator, of a filter, or a column of it."""

from sqlalchemy import select

from shop.models import Customer, Order, OrderStatus, Product, Tag


class Desk:
    def __init__(self, session):
        self._db = session

    def unpaid(self):
        return (
            self._db.query(Order).order_by(Order.id).filter(Order.status == OrderStatus.NEW).first()
        )

    def oldest(self):
        # whoever came first
        return self._db.scalars(select(Customer).order_by(Customer.id).limit(1)).first()

    def without_supplier(self):
        return (
            self._db.execute(
                select(Product).order_by(Product.id).where(Product.supplier_id.is_(None)).limit(1)
            )
            .scalars()
            .first()
        )

    def first_tag(self, default="none"):
        tags = self._db.query(Tag).order_by(Tag.name)
        return next((tag.name.upper() for tag in tags.filter(Tag.uses > 2).limit(1)), default)

    def any_tag(self):
        try:
            return next(iter(self._db.query(Tag).order_by(Tag.name.desc()).limit(1)))
        except StopIteration:
            return None


def of_desk(session):
    desk = Desk(session)
    return desk.unpaid(), desk.oldest(), desk.without_supplier(), desk.first_tag(), desk.any_tag()
