"""Repositories of the shop."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Optional

from base import BaseRepository
from shop.models import Order, OrderStatus, Product
from sqlalchemy import func, select


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Products(BaseRepository[Product]):
    def product_prices_by_sku(self, skus: Iterable[str]) -> dict[str, Decimal]:
        """Fetch what price_of() looks up for all of these skus."""
        product_prices: dict[str, Decimal] = {}
        for chunk in _chunks(skus):
            for product in self.session.execute(
                select(Product.price, Product.sku).where(Product.sku.in_(chunk))
            ):
                product_prices[product.sku] = product.price
        return product_prices

    def price_of(self, sku: str, *, product_prices: Optional[dict[str, Decimal]] = None) -> float:
        if product_prices is None:
            product_prices = self.product_prices_by_sku([sku])
        price = product_prices.get(sku)
        return float(price or 0)


class Orders(BaseRepository[Order]):
    def order_maxes_by_customer_id(self, customer_ids: Iterable[int]) -> "dict[int | None, Any]":
        """Fetch what last_paid() looks up for all of these customer ids."""
        order_maxes: dict[int | None, Any] = {}
        for chunk in _chunks(customer_ids):
            for customer_id, value in self.session.execute(
                select(Order.customer_id, func.max(Order.id))
                .where(Order.customer_id.in_(chunk), Order.status == OrderStatus.PAID)
                .group_by(Order.customer_id)
            ):
                order_maxes[customer_id] = value
        return order_maxes

    def last_paid(
        self, customer_id: int, *, order_maxes: "dict[int | None, Any] | None" = None
    ) -> int:
        if order_maxes is None:
            order_maxes = self.order_maxes_by_customer_id([customer_id])
        return order_maxes.get(customer_id) or 0
