"""marshmallow's Pluck, and a list of Nested with only=, read of 2.0-style rows."""

from marshmallow import Schema, fields
from sqlalchemy import select

from shop.models import Category


class SupplierSchema(Schema):
    name = fields.Str()
    city = fields.Str()


class ProductSchema(Schema):
    sku = fields.Str()
    supplier = fields.Pluck(SupplierSchema, "name")
    reviews = fields.List(fields.Str())


class CategorySchema(Schema):
    slug = fields.Str()
    products = fields.List(fields.Nested(ProductSchema, only=("sku", "supplier")))


def tree(session):
    categories = session.scalars(select(Category).order_by(Category.id))
    return CategorySchema().dump(categories, many=True)
