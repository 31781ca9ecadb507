"""One list gives several numbers, or is used a while after it was fetched."""

from shop.models import OrderLine, Tag


def average(session):
    tags = session.query(Tag).all()
    return sum(tag.uses for tag in tags) / len(tags)  # found: aggregate-in-database (same-value)


def fetched_before(session, order_id, quantity):
    lines = session.query(OrderLine).filter(OrderLine.order_id == order_id).all()
    session.add(OrderLine(order_id=order_id, position=99, quantity=quantity, unit_price=1))
    session.flush()
    return sum(line.quantity for line in lines)  # found: aggregate-in-database (same-value)


def used_besides(session):
    tags = session.query(Tag).all()
    return sum(tag.uses for tag in tags), [tag.name for tag in tags]
