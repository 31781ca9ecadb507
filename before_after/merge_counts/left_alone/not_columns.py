"""Conditions on what is no column, or that nobody can see, may bring another table with them."""

from sqlalchemy import text
from sqlalchemy.orm import aliased

from shop.models import Customer, Tag


def unseen(session, conditions):
    first = session.query(Tag).filter(*conditions).count()
    second = session.query(Tag).filter(Tag.uses > 3).count()
    return first, second


def by_name(session, **values):
    first = session.query(Tag).filter_by(**values).count()
    second = session.query(Tag).filter(Tag.uses > 3).count()
    return first, second


def raw(session):
    first = session.query(Tag).filter(text("uses > 3")).count()
    second = session.query(Tag).filter(Tag.uses > 3).count()
    return first, second


def aliases(session):
    other = aliased(Customer)
    first = session.query(other).count()
    second = session.query(Customer).filter(Customer.vip).count()
    third = session.query(Customer).filter(other.vip).count()
    return first, second, third


def properties(session):
    first = session.query(Customer).filter(Customer.label == "x").count()
    second = session.query(Customer).filter(Customer.vip).count()
    return first, second
