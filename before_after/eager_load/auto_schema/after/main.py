"""An auto schema with include_relationships reads every relationship that it does not exclude."""

from sqlalchemy.orm import selectinload

from schemas import ProductSchema
from shop.models import Product


def active(session):
    products = (
        session.query(Product)
        .options(selectinload(Product.supplier), selectinload(Product.tags))
        .filter(Product.active)
        .order_by(Product.sku)
    )
    return ProductSchema(many=True).dump(products)
