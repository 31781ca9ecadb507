"""An order without an address is not asked for one, until a caller has given it one."""

from sqlalchemy.orm import joinedload

from shop.models import Order


def ready_orders(session):
    orders = session.query(Order).order_by(Order.id).all()
    for order in orders:
        if order.address_id is not None:
            print(order.address.city)  # review: eager-load (nothing-written)
    return orders


def completed(session, address_id):
    orders = ready_orders(session)
    for order in orders:
        if order.address_id is None:
            order.address_id = address_id
    session.flush()
    # with an option in the query the orders that had no address would be known to have none
    return [order.address.city for order in orders]


def printed(session):
    for order in session.query(Order).order_by(Order.id):
        if order.address_id is None:
            continue
        print(order.address.city)  # review: eager-load (nothing-written)


def completed_and_printed(session, address_id):
    orders = session.query(Order).options(joinedload(Order.customer)).order_by(Order.id).all()
    printed(session)
    for order in orders:
        order.address_id = order.address_id or address_id
    session.flush()
    return [order.address.city for order in orders if order.customer.vip]  # found: eager-load (nothing-written)


def addressed(session):
    orders = session.query(Order).order_by(Order.id).all()
    cities = [order.address.city for order in orders if order.address_id]  # review: eager-load (loading-not-shown)
    print(cities)
    return orders


def as_dicts(session):
    return [dict(order.__dict__) for order in addressed(session)]
