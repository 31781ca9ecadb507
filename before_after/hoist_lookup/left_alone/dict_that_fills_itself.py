"""Looking for the key puts it into the dict, and the function tells what the dict has."""

from collections import defaultdict

from shop.models import Customer, Order


def numbered(session):
    numbers = defaultdict(lambda: len(numbers) + 1)
    found = []
    for order in session.query(Order).order_by(Order.id):
        number: int = numbers[order.customer_id]
        customer = session.query(Customer).filter(Customer.id == number).first()  # review: hoist-lookup (keys-known-before)
        found.append((customer is not None, len(numbers)))
    return found
