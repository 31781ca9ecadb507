"""An abstract class declares what a repository answers, and one class does so."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class AbstractCatalogue(ABC):
    @abstractmethod
    def price(self, sku: str) -> Decimal | None:
        raise NotImplementedError


class Catalogue(AbstractCatalogue):
    def __init__(self, session: Session) -> None:
        self.session = session

    def product_prices_by_sku(self, skus: Iterable[str]) -> dict[str, Decimal]:
        """Fetch what price() looks up for all of these skus."""
        product_prices: dict[str, Decimal] = {}
        for chunk in _chunks(skus):
            for product in self.session.execute(
                select(Product.price, Product.sku).where(Product.sku.in_(chunk))
            ):
                product_prices[product.sku] = product.price
        return product_prices

    def price(
        self, sku: str, *, product_prices: dict[str, Decimal] | None = None
    ) -> Decimal | None:
        if product_prices is None:
            product_prices = self.product_prices_by_sku([sku])
        return product_prices.get(sku)


def total(session: Session, skus: list[str]) -> Decimal:
    catalogue = Catalogue(session)
    product_prices = catalogue.product_prices_by_sku(skus)
    return sum(
        (catalogue.price(sku, product_prices=product_prices) or Decimal(0) for sku in skus),
        Decimal(0),
    )
