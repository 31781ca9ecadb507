"""The lookup stands in a lambda, or in a generator whose items others ask for one by one."""

from shop.models import Customer, Order


def by_orders(session, ids: list[int]):
    return sorted(
        ids, key=lambda key: session.query(Order).filter(Order.customer_id == key).count()  # found: hoist-lookup (keys-known-before)
    )


def with_another(session, emails: list[str], other: str):
    found = []
    for email in emails:
        find = lambda email: session.query(Customer).filter(Customer.email == email).first()  # noqa: E731  # found: hoist-lookup (keys-known-before)
        found.append((email, find(other)))
    return found


def kept(session, emails: list[str]):
    finders = []
    for email in emails:
        find = lambda: session.query(Customer).filter(Customer.email == email).first()  # noqa: B023, E731  # found: hoist-lookup (keys-known-before)
        print(find())
        finders.append(find)
    return finders


def one_by_one(session, ids: list[int]):
    for count in (session.query(Order).filter(Order.customer_id == key).count() for key in ids):  # found: hoist-lookup (keys-known-before)
        session.add(Order(number=str(count), customer_id=ids[0]))


def until_it_changes(session, emails: list[str]):
    return [
        session.delete(customer)
        for customer in (
            session.query(Customer).filter(Customer.email == email).first() for email in emails  # found: hoist-lookup (keys-known-before)
        )
    ]


def asks_what_changes(session, ids: list[int]):
    limits = [0]
    for count in (
        session.query(Order).filter(Order.customer_id == key, Order.id > limits[0]).count()  # found: hoist-lookup (keys-known-before)
        for key in ids
    ):
        limits[0] += count
