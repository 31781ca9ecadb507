"""An abstract class declares what a repository answers, and one class does so."""

from abc import ABC, abstractmethod
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Product


class AbstractCatalogue(ABC):
    @abstractmethod
    def price(self, sku: str) -> Decimal | None:
        raise NotImplementedError


class Catalogue(AbstractCatalogue):
    def __init__(self, session: Session) -> None:
        self.session = session

    def price(self, sku: str) -> Decimal | None:
        return self.session.scalar(select(Product.price).where(Product.sku == sku))


def total(session: Session, skus: list[str]) -> Decimal:
    catalogue = Catalogue(session)
    return sum((catalogue.price(sku) or Decimal(0) for sku in skus), Decimal(0))
