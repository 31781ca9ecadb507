from marshmallow_sqlalchemy import SQLAlchemyAutoSchema

from shop.models import Product


class ProductSchema(SQLAlchemyAutoSchema):
    class Meta:
        model = Product
        include_relationships = True
        exclude = ("category", "reviews", "price")
