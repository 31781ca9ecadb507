"""A method with the session in an attribute, and `coalesce` around sums of an expression."""

from sqlalchemy import case, distinct, func

from shop.models import OrderLine


class AccountService:
    def __init__(self, session):
        self.session = session
        self.turnover = None

    def summary(self, order_id):
        turnover, first_lines, products = (
            self.session.query(
                func.coalesce(func.sum(OrderLine.quantity * OrderLine.unit_price), 0),
                func.coalesce(func.sum(case((OrderLine.position == 1, OrderLine.quantity))), 0),
                func.count(distinct(case((OrderLine.quantity > 1, OrderLine.product_id)))),
            )
            .filter(OrderLine.order_id <= order_id)
            .one()
        )
        self.turnover = turnover
        return self.turnover, first_lines, products
