"""A page gives back the orders of a customer, how many they are, and when the last one was placed."""

from sqlalchemy import select

from shop.models import Order


class Page:
    def __init__(self, session, customer_id):
        self.session = session
        self.customer_id = customer_id

    def listed(self):
        orders = (
            self.session.query(Order)
            .filter(Order.customer_id == self.customer_id)
            .order_by(Order.id)
            .all()
        )
        return {
            "orders": orders,
            "number": len(orders),
        }

    def last(self):
        orders = self.session.scalars(
            select(Order).where(Order.customer_id == self.customer_id).order_by(Order.id)
        ).all()
        last = max((order.placed_on for order in orders), default=None)
        return orders, last
