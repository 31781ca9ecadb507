"""Keys that a function gives are known in the loop only, and nothing says that they equal the ids
as Python values; or the whole table would have to be fetched in the form of lists."""

from shop.models import Customer, Order


def parsed(raw):
    return raw


def names(session, raws):
    result = []
    for raw in raws:
        key = parsed(raw)
        result.append(session.get(Customer, key))  # found: hoist-lookup (keys-known-before)
    return [customer and customer.name for customer in result]


def orders(session, numbers):
    result = []
    for number in numbers:
        key = parsed(number)
        rows = session.query(Order).filter(Order.number == key).all()  # found: hoist-lookup
        result += rows
    return result
