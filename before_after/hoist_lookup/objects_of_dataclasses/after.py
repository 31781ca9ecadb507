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

    def parents(self, key):
        return self.session.query(self.parent).filter_by(id=key).count()


def by_position(session):
    repository = Linked(session, Customer)
    orders = session.query(Order).order_by(Order.id)
    orders_list = orders.all()
    customer_counts = {}
    for ids in _chunks(o.customer_id for o in orders_list if o.customer_id is not None):
        for key, count in (
            repository.session.query(Customer.id, func.count())
            .filter(Customer.id.in_(ids))
            .group_by(Customer.id)
        ):
            customer_counts[key] = count
    return [
        (customer_counts.get(o.customer_id, 0), repository.children(o.customer_id))
        for o in orders_list
    ]


def by_keyword(session):
    repository = Linked(session, parent=Supplier, child=Product)
    orders = session.query(Order).order_by(Order.id)
    orders_list = orders.all()
    supplier_counts = {}
    for ids in _chunks(o.customer_id for o in orders_list if o.customer_id is not None):
        for key, count in (
            repository.session.query(Supplier.id, func.count())
            .filter(Supplier.id.in_(ids))
            .group_by(Supplier.id)
        ):
            supplier_counts[key] = count
    product_counts = {}
    for ids in _chunks(o.customer_id for o in orders_list if o.customer_id is not None):
        for product_id, value in (
            repository.session.query(Product.id, func.count())
            .filter(Product.id.in_(ids))
            .group_by(Product.id)
        ):
            product_counts[product_id] = value
    return [
        (supplier_counts.get(o.customer_id, 0), product_counts.get(o.customer_id, 0))
        for o in orders_list
    ]
