"""A method with the session in an attribute, and `coalesce` around sums of an expression."""

from sqlalchemy import distinct, func

from shop.models import OrderLine


class AccountService:
    def __init__(self, session):
        self.session = session
        self.turnover = None

    def summary(self, order_id):
        self.turnover = (
            self.session.query(
                func.coalesce(func.sum(OrderLine.quantity * OrderLine.unit_price), 0)
            )
            .filter(OrderLine.order_id <= order_id)
            .scalar()
        )
        first_lines = (
            self.session.query(func.coalesce(func.sum(OrderLine.quantity), 0))
            .filter(OrderLine.order_id <= order_id, OrderLine.position == 1)
            .scalar()
        )
        products = (
            self.session.query(func.count(distinct(OrderLine.product_id)))
            .filter(OrderLine.order_id <= order_id, OrderLine.quantity > 1)
            .scalar()
        )
        return self.turnover, first_lines, products
