"""Options that the module keeps in a variable load the relationship already."""

from sqlalchemy.orm import joinedload, selectinload

from shop.models import Order

WITH_CUSTOMER = joinedload(Order.customer)
ALL = (selectinload(Order.customer), selectinload(Order.lines))
SOME = [selectinload(Order.customer)]
SOME.append(selectinload(Order.lines))


def one(session):
    orders = session.query(Order).options(WITH_CUSTOMER).order_by(Order.id)
    return [order.customer.name for order in orders]


def several(session):
    orders = session.query(Order).options(*ALL).order_by(Order.id)
    return [(order.customer.name, len(order.lines)) for order in orders]


def another_one(session):
    orders = session.query(Order).options(WITH_CUSTOMER).order_by(Order.id)
    return [order.customer.country.name for order in orders]  # review: eager-load (no-other-strategy)


def changed_on_the_way(session):
    orders = session.query(Order).options(*SOME).order_by(Order.id)
    return [order.customer.name for order in orders]  # review: eager-load (no-other-strategy)
