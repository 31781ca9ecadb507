"""Repositories whose base class says itself which class each of them is for."""

from collections.abc import Iterable, Iterator
from typing import Any

from repositories import Orders, Products
from shop.models import Customer, Order
from sqlalchemy import func, select
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Shop:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.products = Products(session)
        self.orders = Orders(session)

    def prices(self, skus: list[str]) -> list[float]:
        product_prices = self.products.product_prices_by_sku(skus)
        return [self.products.price_of(sku, product_prices=product_prices) for sku in skus]

    def customers(self) -> dict[str, tuple[int, int]]:
        found = {}
        customers_list = self.session.scalars(select(Customer).order_by(Customer.id)).all()
        order_counts: dict[int | None, int] = {}
        for customer_ids in _chunks(customer.id for customer in customers_list):
            for customer_id, count in self.orders.session.execute(
                select(Order.customer_id, func.count())
                .where(Order.customer_id.in_(customer_ids))
                .group_by(Order.customer_id)
            ):
                order_counts[customer_id] = count
        order_maxes = self.orders.order_maxes_by_customer_id(
            [customer.id for customer in customers_list]
        )
        for customer in customers_list:
            number = order_counts.get(customer.id, 0)
            found[customer.email] = (
                number,
                self.orders.last_paid(customer.id, order_maxes=order_maxes),
            )
        return found
