"""The loop changes what a later load would find."""

from sqlalchemy import text

from shop.models import Customer, Order, OrderLine


def new_owner(session, customer_id):
    for order in session.query(Order).all():
        order.customer_id = customer_id
        print(order.customer)  # found: eager-load (nothing-written)


def moved(session, other):
    for order in session.query(Order).all():
        for line in order.lines:  # found: eager-load (nothing-written)
            line.order = other


def appended(session):
    for order in session.query(Order).all():
        order.lines.append(OrderLine(position=9))


def added(session):
    for order in session.query(Order).all():
        print(len(order.lines))  # found: eager-load (nothing-written)
        session.add(OrderLine(order_id=order.id + 1, position=9))
        session.flush()


def deleted(session):
    for order in session.query(Order).all():
        print(len(order.lines))  # found: eager-load (nothing-written)
        session.query(OrderLine).filter_by(order_id=order.id + 1).delete()


def raw(session):
    for order in session.query(Order).all():
        print(order.customer)  # review: eager-load (nothing-written)
        session.execute(text("UPDATE orders SET customer_id = 1 WHERE id = :id"), {"id": order.id})


def by_name(session, name, value):
    for order in session.query(Order).all():
        print(order.customer)  # review: eager-load (calls-known)
        setattr(order, name, value)


def dropped(session):
    for order in session.query(Order).all():
        customer = order.customer  # found: eager-load (nothing-written)
        session.delete(customer)


def renamed(session):
    for customer in session.query(Customer).all():
        customer.id = customer.id + len(customer.orders)  # found: eager-load (nothing-written)
