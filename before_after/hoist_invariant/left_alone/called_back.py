"""The query stands in a lambda, which is called with what it asks for, later or elsewhere, too."""

from shop.models import Customer, Order


def by_orders(session, customers: list[Customer]):
    return sorted(
        customers, key=lambda one: session.query(Order).filter(Order.customer_id == one.id).count()
    )


def later(session, numbers: list[int]):
    shares = map(lambda number: number / session.query(Order).count(), numbers)
    session.add(Order(number="late", customer_id=1))
    return list(shares)


def before_and_after(session, numbers: list[int]):
    total = lambda: session.query(Order).count()  # noqa: E731
    shares = [number / total() for number in numbers]
    session.add(Order(number="late", customer_id=1))
    return shares, total()


def kept(session, numbers: list[int]):
    counts = []
    for number in numbers:
        count = lambda: session.query(Order).count()  # noqa: E731
        print(number / count())
        counts.append(count)
    return counts


def one_by_one(session, numbers: list[int]):
    for count in (number * session.query(Order).count() for number in numbers):
        session.add(Order(number=str(count), customer_id=1))


def in_a_comprehension(session, numbers: list[int]):
    return [
        session.add(Order(number=str(count), customer_id=1))
        for count in (number * session.query(Order).count() for number in numbers)
    ]


def given_one_by_one(session, numbers: list[int]):
    yield from (number * session.query(Order).count() for number in numbers)
