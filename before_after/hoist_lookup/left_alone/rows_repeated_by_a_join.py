"""A join repeats customers, which a query of nothing else leaves out; the fetch could not."""

from shop.models import Customer, Order


def buyers(session, numbers: list[str]):
    result = []
    for number in numbers:
        customers = (
            session.query(Customer)  # found: hoist-lookup (keys-known-before)
            .join(Customer.orders)
            .filter(Order.number == number)
            .order_by(Customer.id)
            .all()
        )
        result.append([customer.name for customer in customers])
    return result
