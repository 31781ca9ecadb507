"""Joins that hold something else than the rows that are read: `eager-load` loads these apart."""

from sqlalchemy import and_
from sqlalchemy.orm import aliased, contains_eager, joinedload

from shop.models import Customer, Order


def with_a_condition(session):
    wanted = and_(Order.customer_id == Customer.id, Customer.vip)
    query = session.query(Order).outerjoin(Customer, wanted)
    return [order.customer and order.customer.name for order in query.all()]


def alias(session):
    owner = aliased(Customer)
    query = session.query(Order).join(owner, Order.customer).filter(owner.vip)
    return [order.customer.name for order in query.all()]


def collection(session):
    query = session.query(Customer).join(Customer.orders).filter(Order.id > 3)
    return [len(customer.orders) for customer in query.all()]


def distinct(session):
    query = session.query(Order).join(Order.customer).filter(Customer.vip).distinct()
    return [order.customer.name for order in query.all()]


def deeper(session):
    query = session.query(Order).join(Order.customer).filter(Customer.vip)
    return [order.customer.country and order.customer.country.name for order in query.all()]


def with_a_limit(session):
    query = session.query(Order).options(joinedload(Order.address)).join(Order.customer).limit(3)
    return [(order.customer.name, order.address) for order in query.all()]


def in_a_branch(session, vip):
    query = session.query(Order)
    if vip:
        query = query.join(Order.customer).filter(Customer.vip)
    return [order.customer and order.customer.name for order in query.all()]


def loaded(session):
    query = session.query(Order).join(Order.customer).options(contains_eager(Order.customer))
    return [order.customer.name for order in query.all()]


def implied_by_another(session):
    query = session.query(Order).join(Order.address).join(Customer)
    return [order.customer.name for order in query.all()]
