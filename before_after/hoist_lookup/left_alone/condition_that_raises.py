"""A condition that cannot be evaluated raises in the loop today, where something was done before."""

from shop.models import Customer, Order


def printed(session, limits):
    for customer in session.query(Customer).order_by(Customer.id).all():
        print(customer.name)
        query = session.query(Order).filter(Order.customer_id == customer.id)
        print(query.filter(Order.address_id == limits["address"]).count())  # review: hoist-lookup (query-invariant)


def may_be_none(session):
    first = session.query(Customer).filter(Customer.name == "first").one_or_none()
    for customer in session.query(Customer).order_by(Customer.id).all():
        print(customer.name)
        query = session.query(Order).filter(Order.customer_id == customer.id)
        print(query.filter(Order.address_id > first.id).count())  # review: hoist-lookup (query-invariant)


def handled(session, limits):
    counts = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        query = session.query(Order).filter(Order.customer_id == customer.id)
        try:
            counts.append(query.filter(Order.address_id == limits["address"]).count())  # review: hoist-lookup (query-invariant)
        except KeyError:
            counts.append(None)
    return counts
