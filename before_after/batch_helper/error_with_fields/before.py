"""A helper raises an error that keeps what it is told, under the name of a column."""

from shop.models import Product
from sqlalchemy import select
from sqlalchemy.orm import Session


class NotFound(Exception):
    def __init__(self, name: str, key: str) -> None:
        super().__init__(f"{name} {key}")
        self.name = name
        self.sku = key


class Catalogue:
    def __init__(self, session: Session) -> None:
        self.session = session

    def product(self, sku: str) -> Product:
        product = self.session.scalars(select(Product).where(Product.sku == sku)).one_or_none()
        if product is None:
            raise NotFound("product", sku)
        return product

    def names(self, skus: list[str]) -> list[str]:
        names = []
        for sku in skus:
            names.append(self.product(sku).name)
        return names
