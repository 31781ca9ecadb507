"""An auto schema with include_relationships reads every relationship that it does not exclude."""

from schemas import ProductSchema
from shop.models import Product


def active(session):
    products = session.query(Product).filter(Product.active).order_by(Product.sku)
    return ProductSchema(many=True).dump(products)
