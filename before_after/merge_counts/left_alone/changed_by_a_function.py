"""What a later number filters by may be changed by a function that is called before it."""

from shop.models import Order


class Bounds:
    def __init__(self):
        self.least = 0

    def raised(self):
        self.least += 10

    @property
    def following(self):
        self.least += 10
        return self.least


LIMITS = [1]


def raise_limits():
    LIMITS[0] = 5


def raise_bounds(bounds):
    bounds.least = 5


def by_a_method(session):
    bounds = Bounds()
    few = session.query(Order).filter(Order.id > bounds.least).count()  # review: merge-counts (conditions-known)
    bounds.raised()
    return few, session.query(Order).filter(Order.id > bounds.least).count()


def by_a_function(session):
    bounds = Bounds()
    few = session.query(Order).filter(Order.id > bounds.least).count()  # review: merge-counts (conditions-known)
    raise_bounds(bounds)
    return few, session.query(Order).filter(Order.id > bounds.least).count()


def by_a_function_of_the_module(session):
    few = session.query(Order).filter(Order.id > LIMITS[0]).count()  # review: merge-counts (conditions-known)
    raise_limits()
    return few, session.query(Order).filter(Order.id > LIMITS[0]).count()


def by_a_function_inside(session):
    ids = [1]

    def more():
        ids.append(2)

    few = session.query(Order).filter(Order.id.in_(ids)).count()  # review: merge-counts (conditions-known)
    more()
    return few, session.query(Order).filter(Order.id.in_(ids)).count()


def by_a_property(session):
    bounds = Bounds()
    few = session.query(Order).filter(Order.id > bounds.following).count()  # review: merge-counts (conditions-known)
    return few, session.query(Order).filter(Order.id > bounds.following).count()


def by_the_next(session, numbers: list[int]):
    following = iter(numbers)
    few = session.query(Order).filter(Order.id > next(following)).count()  # review: merge-counts (conditions-known)
    skipped = next(following)
    return few, skipped, session.query(Order).filter(Order.id > next(following)).count()
