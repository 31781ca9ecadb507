"""What customers have ordered and paid."""

from typing import NamedTuple

from sqlalchemy import func

from shop.models import Order, OrderStatus, Payment


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class CustomerValueData(NamedTuple):
    """What customer_value() needs to know."""

    orders: dict
    payment_counts: dict


def load_customer_value_data(session, customers):
    """Fetch the data of customer_value() for all of these customers."""
    orders = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        for order in (
            session.query(Order).filter(Order.customer_id.in_(customer_ids)).order_by(Order.number)
        ):
            orders.setdefault(order.customer_id, []).append(order)
    payment_counts = payment_counts_by_order_id(
        session,
        [
            order.id
            for customer in customers
            for order in orders.get(customer.id, [])
            if order.status is not OrderStatus.CANCELLED
        ],
    )
    return CustomerValueData(orders, payment_counts)


def customer_value(session, customer, *, data=None):
    """How many payments came for the orders of a customer that count, ten points each."""
    if data is None:
        data = load_customer_value_data(session, [customer])
    orders = data.orders.get(customer.id, [])
    value = 0
    for order in orders:
        if order.status is OrderStatus.CANCELLED:
            continue
        # cancelled orders have been paid back
        value += 10 * payments_of(session, order.id, payment_counts=data.payment_counts)
    return value


def payment_counts_by_order_id(session, order_ids):
    """Fetch what payments_of() looks up for all of these order ids."""
    payment_counts = {}
    for chunk in _chunks(order_ids):
        for order_id, count in (
            session.query(Payment.order_id, func.count())
            .filter(Payment.order_id.in_(chunk))
            .group_by(Payment.order_id)
        ):
            payment_counts[order_id] = count
    return payment_counts


def payments_of(session, order_id, *, payment_counts=None):
    if payment_counts is None:
        payment_counts = payment_counts_by_order_id(session, [order_id])
    return payment_counts.get(order_id, 0)
