"""A loop asks for several counts, sums and dates of each item in one row."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Optional

from shop.models import Customer, Order, OrderLine, Product, Review
from sqlalchemy import func, select
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def last_orders(session: Session) -> list[tuple[str, int, Optional[date]]]:
    found = []
    customers = session.query(Customer).order_by(Customer.id).all()
    order_figures: dict[int | None, Any] = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        for customer_id, orders, last in (
            session.query(
                Order.customer_id,
                func.count(Order.id).label("orders"),
                func.max(Order.placed_on).label("last"),
            )
            .filter(Order.customer_id.in_(customer_ids))
            .group_by(Order.customer_id)
        ):
            order_figures[customer_id] = (orders, last)
    for customer in customers:
        orders, last = order_figures.get(customer.id, (0, None))
        if orders > 0:
            found.append((customer.email, orders, last))
    return found


def quantities(session: Session, least: int) -> dict[str, tuple[int, int]]:
    found = {}
    products = session.scalars(select(Product).order_by(Product.id)).all()
    order_line_figures: dict[int | None, Any] = {}
    for product_ids in _chunks(product.id for product in products):
        for product_id, count, sum_quantity in session.execute(
            select(
                OrderLine.product_id, func.count(), func.coalesce(func.sum(OrderLine.quantity), 0)
            )
            .where(OrderLine.product_id.in_(product_ids), OrderLine.quantity >= least)
            .group_by(OrderLine.product_id)
        ):
            order_line_figures[product_id] = (count, sum_quantity)
    for product in products:
        lines, quantity = order_line_figures.get(product.id, (0, 0))
        found[product.sku] = (lines, quantity)
    return found


class Ratings:
    def __init__(self, session: Session) -> None:
        self.session = session

    def review_figures_by_product_id(self, product_ids: Iterable[int]) -> dict[int, Any]:
        """Fetch what range() looks up for all of these product ids."""
        review_figures: dict[int, Any] = {}
        for chunk in _chunks(product_ids):
            for product_id, min_rating, max_rating in self.session.execute(
                select(Review.product_id, func.min(Review.rating), func.max(Review.rating))
                .where(Review.product_id.in_(chunk))
                .group_by(Review.product_id)
            ):
                review_figures[product_id] = (min_rating, max_rating)
        return review_figures

    def range(
        self, product_id: int, *, review_figures: Optional[dict[int, Any]] = None
    ) -> tuple[Optional[int], Optional[int]]:
        if review_figures is None:
            review_figures = self.review_figures_by_product_id([product_id])
        min_rating, max_rating = review_figures.get(product_id, (None, None))
        return max_rating, min_rating


def ranges(session: Session) -> list[tuple[Optional[int], Optional[int]]]:
    ratings = Ratings(session)
    products = session.scalars(select(Product).order_by(Product.id)).all()
    review_figures = ratings.review_figures_by_product_id([product.id for product in products])
    return [ratings.range(product.id, review_figures=review_figures) for product in products]
