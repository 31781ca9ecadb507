"""A loop asks for several counts, sums and dates of each item in one row."""

from datetime import date
from typing import Optional

from shop.models import Customer, Order, OrderLine, Product, Review
from sqlalchemy import func, select
from sqlalchemy.orm import Session


def last_orders(session: Session) -> list[tuple[str, int, Optional[date]]]:
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        stats = (
            session.query(
                func.count(Order.id).label("orders"), func.max(Order.placed_on).label("last")
            )
            .filter(Order.customer_id == customer.id)
            .one()
        )
        if stats.orders > 0:
            found.append((customer.email, stats.orders, stats.last))
    return found


def quantities(session: Session, least: int) -> dict[str, tuple[int, int]]:
    found = {}
    for product in session.scalars(select(Product).order_by(Product.id)).all():
        lines, quantity = session.execute(
            select(func.count(), func.coalesce(func.sum(OrderLine.quantity), 0)).where(
                OrderLine.product_id == product.id, OrderLine.quantity >= least
            )
        ).one()
        found[product.sku] = (lines, quantity)
    return found


class Ratings:
    def __init__(self, session: Session) -> None:
        self.session = session

    def range(self, product_id: int) -> tuple[Optional[int], Optional[int]]:
        row = self.session.execute(
            select(func.min(Review.rating), func.max(Review.rating)).where(
                Review.product_id == product_id
            )
        ).first()
        return row[1], row[0]


def ranges(session: Session) -> list[tuple[Optional[int], Optional[int]]]:
    ratings = Ratings(session)
    products = session.scalars(select(Product).order_by(Product.id)).all()
    return [ratings.range(product.id) for product in products]
