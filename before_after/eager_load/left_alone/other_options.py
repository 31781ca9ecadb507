"""Options that aren't understood may say otherwise; raiseload("*") and lazyload() do."""

from sqlalchemy.orm import lazyload, raiseload

from shop.models import Order, OrderLine


def parameter(session, options):
    orders = session.query(Order).options(*options).all()
    return [order.customer for order in orders]  # review: eager-load (no-other-strategy)


def nothing_lazy(session):
    orders = session.query(Order).options(raiseload("*")).all()
    return [order.customer for order in orders]


def lazy_on_purpose(session):
    lines = session.query(OrderLine).options(lazyload(OrderLine.order)).all()
    for line in lines:
        print(line.order.customer)  # found: eager-load (no-other-strategy)
