"""A model shows one supplier; the categories and tags of its products are read one by one."""

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import selectinload

from shop.models import Product, Supplier


class Named(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    name: str


class ProductCard(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    sku: str
    category: Named | None
    tags: list[Named]


class SupplierCard(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    name: str
    products: list[ProductCard]


def card(session, name):
    supplier = (
        session.query(Supplier)
        .options(
            selectinload(Supplier.products).selectinload(Product.category),
            selectinload(Supplier.products).selectinload(Product.tags),
        )
        .filter_by(name=name)
        .one_or_none()
    )
    if supplier is None:
        return None
    return SupplierCard.model_validate(supplier).model_dump()
