"""A commit expires every object, so that each is loaded again with its options."""

from shop.models import Order


def ship(session):
    for order in session.query(Order).order_by(Order.id).all():
        print(order.customer.name)  # found: eager-load (rows-stay-loaded)
        session.commit()


def used_after_the_commit(session):
    orders = session.query(Order).order_by(Order.id).all()
    names = [order.customer for order in orders]  # review: eager-load (rows-stay-loaded)
    session.commit()
    return names, [order.number for order in orders]


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


def some_are_shipped(session):
    for order in session.query(Order).order_by(Order.id).all():
        print(order.customer.name)  # review: eager-load (rows-stay-loaded)
        if order.number.startswith("2"):
            session.commit()


def undone_where_it_fails(session, ship):
    for order in session.query(Order).order_by(Order.id).all():
        try:
            print(order.customer.name)  # review: eager-load (rows-stay-loaded)
            int(order.number)
        except ValueError:
            session.rollback()


def commits_either_way(session):
    for order in session.query(Order).order_by(Order.id).all():
        print(order.customer.name)  # found: eager-load (rows-stay-loaded)
        if order.number.startswith("2"):
            session.commit()
        else:
            session.commit()


def commits_when_all_went_well(session):
    for order in session.query(Order).order_by(Order.id).all():
        try:
            print(order.customer.name)  # found: eager-load (rows-stay-loaded)
        except ValueError:
            print("no name")
        else:
            session.commit()
