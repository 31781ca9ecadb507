"""A repository is told which model it serves and which schema its rows are shown by."""

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from shop.models import Order, Product


class Named(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    name: str


class OrderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    number: str
    customer: Named | None


class ProductOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    sku: str


class ProductWithSupplier(ProductOut):
    supplier: Named | None


class Repository:
    def __init__(self, session, model, schema):
        self.session = session
        self.model = model
        self.schema = schema

    def page(self, override=None):
        schema = override or self.schema
        rows = self.session.execute(select(self.model).order_by(self.model.id)).scalars().all()
        return [schema.model_validate(row).model_dump() for row in rows]


def orders(session):
    return Repository(session, Order, OrderOut).page()


def skus(session):
    return Repository(session, Product, ProductOut).page()


def products(session):
    return Repository(session, Product, ProductOut).page(override=ProductWithSupplier)
