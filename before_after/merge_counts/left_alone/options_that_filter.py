"""The first count leaves out rows by an option, which is a condition."""

from shop.models import Order
from sqlalchemy.orm import with_loader_criteria


def overview(session):
    paid = session.query(Order).options(with_loader_criteria(Order, Order.total > 3)).count()
    sent = session.query(Order).filter(Order.number > "A").count()
    return paid, sent
