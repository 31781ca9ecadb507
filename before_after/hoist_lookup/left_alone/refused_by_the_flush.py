"""A lookup's flush raises for what does not fit its column, and nothing of the function does later."""

from shop.models import Customer, Order, Tag


def upserted(session, names: list[str]):
    for name in names:
        tag = session.query(Tag).filter(Tag.name == name).first()  # review: hoist-lookup (flushes-alike)
        if tag is None:
            session.add(Tag(name=name))


def renamed(session, names: dict[str, str]):
    for email, name in names.items():
        customer = session.query(Customer).filter(Customer.email == email).first()  # review: hoist-lookup (flushes-alike)
        if customer is not None:
            customer.name = name


def noted(session, numbers: list[str], note: str):
    first = session.query(Customer).order_by(Customer.id).first()
    found = 0
    for number in numbers:
        first.name = note + number
        order = session.query(Order).filter(Order.number == number).first()  # review: hoist-lookup (flushes-alike)
        found += order is not None
    return found
