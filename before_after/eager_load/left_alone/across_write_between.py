"""Between the function that asks and the one that reads, a third changes the foreign keys."""

from shop.models import Order


def orders_of_today(session):
    return session.query(Order).order_by(Order.id).all()


def hand_over(orders, old, new):
    for order in orders:
        if order.customer_id == old:
            order.customer_id = new
    return orders


def names(orders):
    return [order.customer.name if order.customer else None for order in orders]  # found: eager-load (nothing-written)


def after_hours(session):
    return names(hand_over(orders_of_today(session), 1, 2))
