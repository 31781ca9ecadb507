"""A report filters rows with lambdas: a list that it has, and what a SELECT finds."""

from sqlalchemy import select

from shop.models import Order, Product


class Report:
    def __init__(self, session):
        self.session = session

    def without_customer(self):
        lost = (
            self.session.query(Order).order_by(Order.id).filter(Order.customer_id.is_(None)).all()
        )
        return [order.number for order in lost]

    def sold(self):
        # not those that are kept for old orders
        return [
            p.sku
            for p in list(
                self.session.scalars(
                    select(Product)
                    .order_by(Product.id)
                    .where(Product.active.is_(True), Product.supplier_id.is_(None))
                )
            )
        ]
