"""A dataclass takes one of its classes by keyword only; the other one comes by position."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from shop.models import Category, Customer, Order, Product, Supplier, Tag


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
    return [(repository.parents(o.customer_id), repository.children(o.customer_id)) for o in orders]


def by_keyword(session):
    repository = Linked(session, parent=Supplier, child=Product)
    orders = session.query(Order).order_by(Order.id)
    return [(repository.parents(o.customer_id), repository.children(o.customer_id)) for o in orders]
