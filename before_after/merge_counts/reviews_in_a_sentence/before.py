"""Counts inside of an f-string, with comments in the way."""

from shop.models import Order, OrderStatus


def sentence(session, customer_id):
    # everything that is not cancelled
    orders = session.query(Order).filter(Order.customer_id == customer_id)  # of one customer
    # the ones to worry about
    unpaid = orders.filter(Order.status == OrderStatus.NEW).count()  # no money yet
    # and the ones that are done
    done = orders.filter(
        Order.status == OrderStatus.SHIPPED,
        Order.total.isnot(None),  # gifts do not count
    ).count()
    return f"{unpaid} open, {done} done, {orders.count()} in all"
