"""The reviews of each product are counted in a comprehension."""

from sqlalchemy import func, select

from shop.models import Product, Review


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def review_counts(session):
    products = session.scalars(select(Product).order_by(Product.id)).all()
    review_counts_by_product_id = {}
    for product_ids in _chunks(product.id for product in products):
        for product_id, count in session.execute(
            select(Review.product_id, func.count())
            .select_from(Review)
            .where(Review.product_id.in_(product_ids))
            .group_by(Review.product_id)
        ):
            review_counts_by_product_id[product_id] = count
    return {product.sku: review_counts_by_product_id.get(product.id, 0) for product in products}
