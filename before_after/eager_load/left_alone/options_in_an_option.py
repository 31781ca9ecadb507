"""An option takes others for what lies below, and those that are handed in may say otherwise."""

from sqlalchemy.orm import selectinload

from shop.models import Customer, Order


def countries(session, wanted):
    customer = selectinload(Order.customer).options(selectinload(getattr(Customer, wanted)))
    orders = session.query(Order).options(customer)
    return [order.customer.country for order in orders]  # review: eager-load (no-other-strategy)


def of_the_caller(session, option):
    orders = session.query(Order).options(selectinload(Order.customer).options(option))
    return [order.customer.country for order in orders]  # review: eager-load (no-other-strategy)


def by_a_name_of_1_4(session):
    customer = selectinload(Order.customer).options(selectinload("country"))
    return [order.customer.country for order in session.query(Order).options(customer)]
