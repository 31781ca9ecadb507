"""An object's `__dict__`, and what `inspect()` says of it, have what is loaded and nothing else."""

from sqlalchemy import inspect
from sqlalchemy.orm.attributes import instance_state

from shop.models import Order


def copied(session):
    orders = session.query(Order).order_by(Order.id).all()
    names = []
    for order in orders:
        if order.address_id is not None:
            names.append(order.address.city)  # review: eager-load (loading-not-shown)
    return names, [dict(order.__dict__) for order in orders]


def not_loaded(session):
    orders = session.query(Order).order_by(Order.id).all()
    cities = [order.address.city for order in orders if order.address_id]  # review: eager-load (loading-not-shown)
    return cities, [inspect(order).unloaded for order in orders]


def states(session):
    orders = session.query(Order).order_by(Order.id).all()
    cities = [order.address.city for order in orders if order.address_id]  # review: eager-load (loading-not-shown)
    return cities, [instance_state(order).dict for order in orders]
