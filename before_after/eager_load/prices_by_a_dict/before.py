"""A dict tells by which function each line is priced."""

from shop.models import OrderLine


def listed(line):
    return line.product.price * line.quantity if line.product else 0


def agreed(line):
    return line.unit_price * line.quantity


def named(line):
    return len(line.product.name) if line.product else 0


PRICES = {"listed": listed, "agreed": agreed, "named": named}


def totals(session, kind):
    price = PRICES[kind]
    return [price(line) for line in session.query(OrderLine).order_by(OrderLine.id)]
