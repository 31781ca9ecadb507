"""A caller has expired its rows, which the query loads anew all at once, and not one by one."""

from shop.models import Customer


def how_many(session):
    return len(session.query(Customer).all())  # review: count-in-database (not-needed-later)


def names(session):
    customers = session.query(Customer).order_by(Customer.id).all()
    for customer in customers:
        customer.vip = True
    session.commit()
    print(how_many(session))
    return [customer.name for customer in customers]
