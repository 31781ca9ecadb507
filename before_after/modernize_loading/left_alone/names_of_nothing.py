"""There is no such attribute, as far as the classes say, or not yet."""
# pyproject: sqlalchemy = ">=1.4,<2.0"

from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only

from shop.models import Customer, Order


def loaded(session):
    orders = session.query(Order).options(joinedload("rows")).all()  # found: modernize-loading (attributes-known)
    names = session.query(Customer).options(load_only("full_name")).all()  # found: modernize-loading (attributes-known)
    return orders, names


def by_backref(session):
    return session.execute(select(Order).options(joinedload("payments"))).scalars().all()  # review: modernize-loading (attributes-known)
