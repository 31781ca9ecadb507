"""A commit expires every object, so that each is loaded again with its options."""

from shop.models import Order


def ship(session):
    for order in session.query(Order).order_by(Order.id).all():
        print(order.customer.name)  # found: eager-load (rows-stay-loaded)
        session.commit()


def closed_before(session):
    orders = session.query(Order).all()
    session.close()
    return [order.customer.name for order in orders]  # found: eager-load (rows-stay-loaded)


def commit_between_two_rounds(session, rounds):
    orders = session.query(Order).all()
    for number in rounds:
        for order in orders:
            print(number, order.customer)  # found: eager-load (rows-stay-loaded)
        session.rollback()
