"""The loop turns the deque that the keys are taken from."""

from collections import deque

from shop.models import Customer, Order


def in_turns(session, keys: list[int]):
    turns = deque(keys)
    found = []
    for order in session.query(Order).order_by(Order.id):
        key: int = turns[0]
        turns.rotate(-1)
        customer = session.query(Customer).filter(Customer.id == key).first()  # review: hoist-lookup (keys-known-before)
        found.append((order.number, customer))
    return found
