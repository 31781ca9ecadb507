"""Each time the query asks for another number, the next one of a queue."""

import queue

from shop.models import Order


def counts(session, names: list[str]):
    waiting = queue.Queue()
    for name in names:
        waiting.put(len(name))
    found = []
    for name in names:
        found.append((name, session.query(Order).filter(Order.id > waiting.get(False)).count()))  # review: hoist-invariant (query-invariant)
    return found
