"""A dataclass takes one of its classes by keyword only; the other one comes by position."""

from dataclasses import dataclass, field

from sqlalchemy import func
from sqlalchemy.orm import Session

from shop.models import Category, Customer, Order, Product, Supplier, Tag


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


@dataclass
class Linked:
    session: Session
    child: type = field(default=Tag, kw_only=True)
    parent: type = Category

    def children(self, key):
        return self.session.query(self.child).filter_by(id=key).count()

    def category_counts_by_id(self, keys):
        """Fetch what parents() looks up for all of these keys."""
        category_counts = {}
        for ids in _chunks(key for key in keys if key is not None):
            for category_id, count in (
                self.session.query(self.parent.id, func.count())
                .filter(self.parent.id.in_(ids))
                .group_by(self.parent.id)
            ):
                category_counts[category_id] = count
        return category_counts

    def parents(self, key, *, category_counts=None):
        if category_counts is None:
            category_counts = self.category_counts_by_id([key])
        return category_counts.get(key, 0)


def by_position(session):
    repository = Linked(session, Customer)
    orders = session.query(Order).order_by(Order.id)
    orders_list = orders.all()
    category_counts = repository.category_counts_by_id([o.customer_id for o in orders_list])
    return [
        (
            repository.parents(o.customer_id, category_counts=category_counts),
            repository.children(o.customer_id),
        )
        for o in orders_list
    ]


def by_keyword(session):
    repository = Linked(session, parent=Supplier, child=Product)
    orders = session.query(Order).order_by(Order.id)
    orders_list = orders.all()
    category_counts = repository.category_counts_by_id([o.customer_id for o in orders_list])
    product_counts = {}
    for ids in _chunks(o.customer_id for o in orders_list if o.customer_id is not None):
        for key, count in (
            repository.session.query(Product.id, func.count())
            .filter(Product.id.in_(ids))
            .group_by(Product.id)
        ):
            product_counts[key] = count
    return [
        (
            repository.parents(o.customer_id, category_counts=category_counts),
            product_counts.get(o.customer_id, 0),
        )
        for o in orders_list
    ]
