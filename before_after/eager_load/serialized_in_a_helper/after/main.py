"""Two relationships are read two calls away from the query."""

from sqlalchemy.orm import selectinload

from serializers import serialize

from shop.models import Product


def catalogue(session):
    products = (
        session.query(Product)
        .options(selectinload(Product.supplier), selectinload(Product.tags))
        .filter(Product.active)
        .order_by(Product.sku)
        .all()
    )
    return {"products": [serialize(product) for product in products]}
