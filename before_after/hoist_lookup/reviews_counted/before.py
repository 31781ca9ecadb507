"""The reviews of each product are counted in a comprehension."""

from sqlalchemy import func, select

from shop.models import Product, Review


def review_counts(session):
    products = session.scalars(select(Product).order_by(Product.id)).all()
    return {
        product.sku: session.scalar(
            select(func.count()).select_from(Review).where(Review.product_id == product.id)
        )
        for product in products
    }
