"""The first order of a customer is loaded to see whether there is one; a SELECT fetches them all."""

from sqlalchemy import select

from shop.models import Order, Product


class Desk:
    def __init__(self, session):
        self.session = session

    def is_known(self, customer_id):
        orders = self.session.query(Order).filter(Order.customer_id == customer_id)
        return orders.order_by(Order.placed_on).first() is not None

    def greeting(self, customer_id):
        found = self.session.query(Order).filter_by(customer_id=customer_id).first()
        if found is None:
            return "welcome"
        return "welcome back"

    def is_sold_out(self):
        return self.session.scalars(select(Product).where(Product.stock > 0)).first() is None

    def has_cheap_ones(self):
        if not self.session.scalars(select(Product).where(Product.price < 5)).first():
            return False
        return True
