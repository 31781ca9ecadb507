"""The inner loop asks for the same customer each time; the outer one has few."""

from shop.models import Customer


def visits(session):
    listed = []
    ids = list(range(1, 4))
    customers = {row.id: row for row in session.query(Customer).filter(Customer.id.in_(ids))}
    for number in range(1, 4):
        for day in range(7):
            customer = customers.get(number)
            if customer is not None:
                listed.append((day, bool(customer.vip), customer.name))
    return listed
