"""A page gives back the orders of a customer, how many they are, and when the last one was placed."""

from sqlalchemy import func, select

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
            "number": self.session.query(Order)
            .filter(Order.customer_id == self.customer_id)
            .count(),
        }

    def last(self):
        orders = self.session.scalars(
            select(Order).where(Order.customer_id == self.customer_id).order_by(Order.id)
        ).all()
        last = self.session.scalar(
            select(func.max(Order.placed_on)).where(Order.customer_id == self.customer_id)
        )
        return orders, last
