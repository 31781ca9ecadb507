"""Every schema here leaves the relationship out: only=, exclude=, load_only, Meta, an auto schema."""

from marshmallow import Schema, fields
from marshmallow_sqlalchemy import SQLAlchemyAutoSchema

from shop.models import Order


class CustomerSchema(Schema):
    name = fields.Str()


class OrderSchema(Schema):
    number = fields.Str()
    customer = fields.Nested(CustomerSchema)


class OrderInput(OrderSchema):
    customer = fields.Nested(CustomerSchema, load_only=True)


class OrderNumber(OrderSchema):
    class Meta:
        fields = ("number",)


class OrderRow(SQLAlchemyAutoSchema):
    class Meta:
        model = Order
        include_fk = True


few_schema = OrderSchema(many=True, exclude=("customer",))


def dumps(session):
    orders = session.query(Order).order_by(Order.id).all()
    return [
        OrderSchema(only=("number",)).dump(orders, many=True),
        few_schema.dump(orders),
        OrderInput(many=True).dump(orders),
        OrderNumber(many=True).dump(orders),
        OrderRow(many=True).dump(orders),
    ]
