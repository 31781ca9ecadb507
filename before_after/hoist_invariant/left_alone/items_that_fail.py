"""What a caller passes may be a generator that raises in the midst of the loop."""

from shop.models import Order


def counted(session, names, number: str):
    found = []
    try:
        for name in names:
            found.append((name, session.query(Order).filter(Order.number == number).count()))  # review: hoist-invariant (items-repeatable)
    except KeyError:
        found.append(("no name", 0))
    return found


def told(session, names, number: str):
    for name in names:
        print(name, session.query(Order).filter(Order.number == number).count())  # review: hoist-invariant (items-repeatable)
