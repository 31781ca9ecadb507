"""Helpers that take what was fetched for many: only a loop that hands over nothing sends N+1."""

from sqlalchemy.orm import Session

from shop.models import Customer, Order


def customers_by_id(session, orders):
    ids = {order.customer_id for order in orders}
    found = session.query(Customer).filter(Customer.id.in_(ids))
    return {customer.id: customer for customer in found}


def label(session, order, *, customers=None):
    if customers is None:
        customers = customers_by_id(session, [order])
    customer = customers.get(order.customer_id)
    return f"{order.number} {customer.name if customer else '-'}"


def both(session, order, *, customers=None):
    return label(session, order, customers=customers).upper()


def handed_over(session):
    orders = session.query(Order).order_by(Order.id).all()
    customers = customers_by_id(session, orders)
    return [label(session, order, customers=customers) for order in orders]


def handed_on(session):
    orders = session.query(Order).order_by(Order.id).all()
    customers = customers_by_id(session, orders)
    return [both(session, order, customers=customers) for order in orders]


def one_by_one(session):
    orders = session.query(Order).order_by(Order.id).all()
    return [label(session, order) for order in orders]  # review: batch-helper (handed-over)


def one_by_one_below(session):
    orders = session.query(Order).order_by(Order.id).all()
    return [both(session, order) for order in orders]  # found: batch-helper (handed-over)


def with_a_commit(session):
    for order in session.query(Order).order_by(Order.id).all():
        order.number = label(session, order)  # found: batch-helper (handed-over)
        session.commit()


def with_another_object(session):
    orders = session.query(Order).order_by(Order.id).all()
    texts = []
    for order in orders:
        with Session(session.get_bind()) as own:
            texts.append(label(own, order))  # found: batch-helper (handed-over)
    return texts


def added_meanwhile(session):
    texts = []
    for order in session.query(Order).order_by(Order.id).all():
        texts.append(label(session, order))  # found: batch-helper (handed-over)
        session.add(Customer(name=order.number, email=order.number))
    return texts
