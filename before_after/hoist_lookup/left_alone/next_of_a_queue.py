"""What gives the key, or a condition, is no dict but takes the next item, or asks somebody else."""

import queue

from clients import Client

from shop.models import Customer, Order


def of_a_queue(session, numbers: list[str]):
    waiting = queue.Queue()
    for number in numbers:
        waiting.put(len(number))
    found = []
    for number in numbers:
        key: int = waiting.get()
        found.append(session.query(Customer).filter(Customer.id == key).first())  # review: hoist-lookup (keys-known-before)
    return found


class Desk:
    def __init__(self):
        self.waiting = queue.Queue()


def of_an_object(session, numbers: list[str]):
    desk = Desk()
    for number in numbers:
        desk.waiting.put(len(number))
    found = []
    for number in numbers:
        key: int = desk.waiting.get(False)
        found.append(session.query(Customer).filter(Customer.id == key).first())  # review: hoist-lookup (keys-known-before)
    return found


def of_a_client(session, numbers: list[str]):
    client = Client()
    found = []
    for number in numbers:
        key: int = client.get(number)
        found.append(session.query(Customer).filter(Customer.id == key).first())  # review: hoist-lookup (keys-known-before)
    return found


def in_a_condition(session, customers: list[Customer], waiting):
    return [
        session.query(Order).filter(Order.customer_id == customer.id, Order.id > waiting.get()).count()  # review: hoist-lookup (query-invariant)
        for customer in customers
    ]
