"""A list that both queries filter by is filled between them, under another name or as a part of another."""

from shop.models import Order


def by_another_name(session):
    addresses = known = [1]
    first = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    known.append(2)
    second = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    return first, second


def as_an_item(session):
    options = {"addresses": [1]}
    addresses = options["addresses"]
    first = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    options["addresses"].append(2)
    second = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    return first, second


def more(options):
    options["addresses"].append(3)


def in_a_function(session):
    addresses = [1]
    options = {"addresses": addresses}
    first = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    more(options)
    second = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    return first, second
