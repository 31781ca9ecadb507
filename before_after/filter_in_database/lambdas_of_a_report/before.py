"""A report filters rows with lambdas: a list that it has, and what a SELECT finds."""

from sqlalchemy import select

from shop.models import Order, Product


class Report:
    def __init__(self, session):
        self.session = session

    def without_customer(self):
        orders = self.session.query(Order).order_by(Order.id).all()
        lost = list(filter(lambda order: order.customer_id is None, orders))
        return [order.number for order in lost]

    def sold(self):
        # not those that are kept for old orders
        found = self.session.scalars(select(Product).order_by(Product.id))
        return [p.sku for p in list(filter(lambda p: p.active and p.supplier_id is None, found))]
