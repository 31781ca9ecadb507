"""What a flush gives is used in the loop: a key, a row that a query finds."""

from shop.models import Order, OrderLine, Tag


def keys(session, numbers, today):
    for number in numbers:
        order = Order(number=number, status="new", placed_on=today)
        session.add(order)
        session.flush()
        session.add(OrderLine(order_id=order.id, position=1, quantity=1, unit_price=1))


def found(session, names):
    for name in names:
        session.add(Tag(name=name))
        session.flush()
        if session.query(Tag).filter(Tag.name == name).count() > 1:
            raise ValueError(name)


def handed_on(session, names, index):
    for name in names:
        tag = Tag(name=name)
        session.add(tag)
        session.flush()
        index(tag)
