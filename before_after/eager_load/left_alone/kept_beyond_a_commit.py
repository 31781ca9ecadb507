"""Rows outlive a commit, and are not loaded anew: what is loaded with them stays as it was."""

from sqlalchemy.orm import sessionmaker

from shop.models import Order

KeepingSession = sessionmaker(expire_on_commit=False)


def names():
    session = KeepingSession()
    orders = session.query(Order).order_by(Order.id).all()
    session.commit()
    return [order.customer.name for order in orders]  # review: eager-load (rows-stay-loaded)
