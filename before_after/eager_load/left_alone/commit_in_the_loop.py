"""A commit expires every object, so that each is loaded again with its options."""

from shop.models import Order, OrderStatus


def ship(session):
    for order in session.query(Order).order_by(Order.id).all():
        order.status = OrderStatus.SHIPPED
        print(order.customer.name)  # found: eager-load
        session.commit()
