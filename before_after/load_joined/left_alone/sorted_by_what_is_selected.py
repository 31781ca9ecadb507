"""A number or a text in the ORDER BY may mean one of the columns that are selected."""

from sqlalchemy import text

from shop.models import Customer, Order


def by_number(session):
    query = session.query(Order).join(Order.customer).filter(Customer.vip).order_by(text("2"))
    return [order.customer.name for order in query.all()]


def by_name(session):
    query = session.query(Order).join(Order.customer).filter(Customer.vip).order_by("id")
    return [order.customer.name for order in query.all()]


def by_anything(session, column):
    query = session.query(Order).join(Order.customer).filter(Customer.vip).order_by(column)
    return [order.customer.name for order in query.all()]
