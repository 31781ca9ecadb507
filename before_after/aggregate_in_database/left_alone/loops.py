"""Loops that do more than to add up, or add up what SQL does in another way."""

from decimal import Decimal

from shop.models import Order, OrderLine, Payment, Product


def two_numbers(session):
    total = count = 0
    for line in session.query(OrderLine):
        total += line.quantity
        count += 1
    return total, count


def from_before(session, total):
    for line in session.query(OrderLine):
        total += line.quantity
    return total


def running(session):
    total = 0
    for line in session.query(OrderLine).order_by(OrderLine.id):
        if total < 100:
            total += line.quantity
    return total


def raises_for_none(session):
    total = 0
    for product in session.query(Product):  # found: aggregate-in-database (same-value)
        total += product.stock
    return total


def with_a_point(session):
    total = 0.0
    for line in session.query(OrderLine):
        total += line.quantity
    return total


def decimals(session):
    total = Decimal(0)
    for payment in session.query(Payment):  # review: aggregate-in-database (same-value)
        total += payment.amount
    return total


def not_zero(session):
    most = None
    for line in session.query(OrderLine):
        if not most or line.quantity > most:
            most = line.quantity
    return most


def as_far_as_it_came(session):
    total = 0
    try:
        total = 0
        for line in session.query(OrderLine):
            total += line.quantity
    except ValueError:
        pass
    return total


def by_name(session):
    for order in session.query(Order):  # found: aggregate-in-database (same-value)
        if order.number < "B":
            return True
    return False


def with_else(session):
    for order in session.query(Order):
        if order.customer_id is None:
            return True
    else:
        return False
