"""The loop hands a dict to a function that fills a list in it, by which the query filters."""

from shop.models import Customer, Order


def more(options):
    options["addresses"].append(len(options["addresses"]))


def counts(session):
    numbers = []
    addresses = [1]
    options = {"addresses": addresses}
    for _customer in session.query(Customer).order_by(Customer.id).all():
        numbers.append(session.query(Order).filter(Order.address_id.in_(addresses)).count())  # review: hoist-invariant (query-invariant)
        more(options)
    return numbers
