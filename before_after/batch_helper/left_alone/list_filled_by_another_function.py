"""What the loop gives to the helper besides its item is filled by another function, or by another name."""

from shop.models import Customer, Order


def count(session, customer, addresses: list[int]):
    return (
        session.query(Order)
        .filter(Order.customer_id == customer.id, Order.address_id.in_(addresses))
        .count()
    )


def more(addresses):
    addresses.append(len(addresses))


def by_a_function(session):
    addresses = [1]
    counts = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        counts.append(count(session, customer, addresses))  # found: batch-helper (same-arguments)
        more(addresses)
    return counts


def by_another_name(session):
    addresses = known = [1]
    counts = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        counts.append(count(session, customer, addresses))  # found: batch-helper (same-arguments)
        known.append(2)
    return counts


def as_an_item(session):
    options = {"addresses": [1]}
    addresses = options["addresses"]
    counts = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        counts.append(count(session, customer, addresses))  # found: batch-helper (same-arguments)
        options["addresses"].append(3)
    return counts
