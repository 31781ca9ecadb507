"""Another package gives the session, and may hand it to whatever else is called there."""

from shop.models import Order
from somewhere import current_session, handle, refresh_everything


def listed():
    session = current_session()
    for order in session.query(Order).order_by(Order.id):
        print(order.customer)  # review: eager-load (calls-known)
        refresh_everything()


def committed():
    opened = current_session()
    for order in opened.query(Order).order_by(Order.id).all():
        print(order.customer)  # found: eager-load (rows-stay-loaded)
        opened.commit()


def of_the_module():
    for order in handle.query(Order).order_by(Order.id).all():
        print(order.customer)  # found: eager-load (rows-stay-loaded)
        handle.commit()


def opened_anew():
    for order in current_session().query(Order).order_by(Order.id).all():
        print(order.customer)  # review: eager-load (calls-known)
        current_session().commit()
