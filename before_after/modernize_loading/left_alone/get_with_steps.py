"""These have options, or no session that the code names, or another argument."""

from sqlalchemy.orm import joinedload, selectinload

from shop.models import Customer, Order
from shop_flask.models import Author


def found(session, key, keys):
    order = session.query(Order).options(joinedload(Order.lines)).get(key)
    author = Author.query.get(key)
    return order, author, session.query(Customer).get(*keys), session.get(Customer, key)


def loaded(session):
    return session.query(Order).options(selectinload(Order.lines), joinedload("*")).all()


def set_batch_strategy(rows):
    return rows


def own(session):
    return set_batch_strategy(session.query(Order).all())
