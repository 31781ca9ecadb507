"""Each key has one row, or one row of it is what is meant."""

from shop.models import Order, OrderLine, Payment, Product


def unique(session, skus):
    products = {product.sku: product for product in session.query(Product)}
    return [[p.id for p in products.values() if p.sku == sku] for sku in skus]


def unique_together(session, order: Order, positions):
    lines = {
        line.position: line
        for line in session.query(OrderLine).filter(OrderLine.order_id == order.id)
    }
    return [[x.id for x in lines.values() if x.position == number] for number in positions]


def latest(session):
    payments = session.query(Payment).order_by(Payment.paid_at)
    last = {payment.order_id: payment for payment in payments}
    return sum(payment.amount for payment in last.values())


def one_of_each(session, orders: list[Order]):
    payments = {payment.order_id: payment for payment in session.query(Payment)}
    return [payments.get(order.id) for order in orders], len(payments)


def one_row_of_a_key(session, orders: list[Order]):
    payments = {payment.order_id: payment for payment in session.query(Payment)}
    return [next((p for p in payments.values() if p.order_id == o.id), None) for o in orders]


def distinct(session):
    found = session.query(Payment).distinct(Payment.order_id)
    payments = {payment.order_id: payment for payment in found}
    return sum(payment.amount for payment in payments.values())


def first_of_each(session):
    payments = {}
    for payment in session.query(Payment):
        if payment.order_id not in payments:
            payments[payment.order_id] = payment
    return sum(payment.amount for payment in payments.values())


def added_to(session, others):
    payments = dict(others)
    for payment in session.query(Payment):
        payments[payment.order_id] = payment
    return sum(payment.amount for payment in payments.values())


def all_of_each(session):
    payments = {}
    for payment in session.query(Payment):
        payments[payment.order_id, payment.id] = payment
    return sum(payment.amount for payment in payments.values())
