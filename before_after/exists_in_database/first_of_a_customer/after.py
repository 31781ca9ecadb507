"""The first order of a customer is loaded to see whether there is one; a SELECT fetches them all."""

from sqlalchemy import select

from shop.models import Order, Product


class Desk:
    def __init__(self, session):
        self.session = session

    def is_known(self, customer_id):
        orders = self.session.query(Order).filter(Order.customer_id == customer_id)
        return self.session.query(orders.exists()).scalar()

    def greeting(self, customer_id):
        has_order = self.session.query(
            self.session.query(Order).filter_by(customer_id=customer_id).exists()
        ).scalar()
        if not has_order:
            return "welcome"
        return "welcome back"

    def is_sold_out(self):
        return not self.session.execute(
            select(select(Product).where(Product.stock > 0).exists())
        ).scalar_one()

    def has_cheap_ones(self):
        if not self.session.execute(
            select(select(Product).where(Product.price < 5).exists())
        ).scalar_one():
            return False
        return True
