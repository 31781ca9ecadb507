"""The schema dumps a collection in the order in which it was loaded, and it declares none."""

from marshmallow import Schema, fields

from shop.models import Customer, Tag


class ProductSchema(Schema):
    sku = fields.Str()


class TagSchema(Schema):
    name = fields.Str()
    products = fields.Pluck(ProductSchema, "sku", many=True)  # review: eager-load (item-order)


class CustomerSchema(Schema):
    reviews = fields.List(fields.Raw())  # review: eager-load (item-order)


def tags(session):
    return TagSchema(many=True).dump(session.query(Tag).order_by(Tag.id).all())


def customers(session):
    return CustomerSchema(many=True).dump(session.query(Customer).order_by(Customer.id).all())
