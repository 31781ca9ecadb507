"""With populate_existing, an option loads over the rows that the session has, unsaved changes and all."""

from sqlalchemy import select

from shop.models import Order


def of_the_query(session):
    orders = session.query(Order).execution_options(populate_existing=True).order_by(Order.id)
    return [order.customer and order.customer.name for order in orders]  # review: eager-load (query-takes-options)


def of_the_call(session):
    orders = select(Order).order_by(Order.id)
    found = session.scalars(orders, execution_options={"populate_existing": True})
    return [order.customer and order.customer.name for order in found]  # review: eager-load (query-takes-options)


def of_anybody(session, options):
    found = session.scalars(select(Order).order_by(Order.id), execution_options=options)
    return [order.customer and order.customer.name for order in found]  # review: eager-load (query-takes-options)
