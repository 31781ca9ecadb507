"""What SQLAlchemy never had, and what it no longer needs."""

from sqlalchemy.ext import baked
from sqlalchemy.ext.baked import baked_query

from shop.models import Customer, Order

BAKERY = baked.bakery()


def in_batches(session):
    return session.query(Order).set_batch_strategy(100).all()  # found: modernize-loading


def by_domain(session, domain):
    bakery = baked.bakery()  # found: modernize-loading
    query = baked_query(session)  # found: modernize-loading
    print(bakery, query)
    return session.query(Customer).filter(Customer.email.endswith(domain)).all()


def by_vip(session):
    query = BAKERY(lambda s: s.query(Customer))  # found: modernize-loading
    query += lambda q: q.filter(Customer.vip)
    return query(session).all()


def baked_here(session):
    from sqlalchemy.ext import baked as oven

    bakery = oven.bakery()  # found: modernize-loading
    return bakery(lambda s: s.query(Order))(session).all()
