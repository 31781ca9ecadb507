"""The inner loop asks for the same customer each time; the outer one has few."""

from shop.models import Customer


def visits(session):
    listed = []
    for number in range(1, 4):
        for day in range(7):
            customer = session.query(Customer).filter_by(id=number).first()
            if customer is not None:
                listed.append((day, bool(customer.vip), customer.name))
    return listed
