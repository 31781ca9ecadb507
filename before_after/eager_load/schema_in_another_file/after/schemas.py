from marshmallow import Schema, fields


class CountrySchema(Schema):
    name = fields.Str()


class CustomerSchema(Schema):
    name = fields.Str()
    country = fields.Nested(CountrySchema)


class OrderSchema(Schema):
    number = fields.Str()
    bought_by = fields.Nested(CustomerSchema, attribute="customer")


orders_schema = OrderSchema(many=True)
