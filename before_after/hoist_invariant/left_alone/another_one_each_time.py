"""A property that the query reads counts on, and gives another value each time."""

from shop.models import Order


class Steps:
    def __init__(self):
        self.number = 0

    @property
    def following(self):
        self.number += 1
        return self.number


def of_each_step(session, names):
    steps = Steps()
    found = []
    for name in names:
        found.append((name, session.query(Order).filter(Order.id > steps.following).count()))  # review: hoist-invariant (query-invariant)
    return found
