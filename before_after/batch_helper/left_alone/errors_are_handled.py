"""A handler in the helper is there for the errors of one query."""

from sqlalchemy.exc import SQLAlchemyError

from shop.models import Product


def price(session, product_id: int):
    try:
        return session.query(Product.price).filter(Product.id == product_id).scalar()
    except SQLAlchemyError:
        return None


def prices(session, product_ids: list[int]):
    return [price(session, each) for each in product_ids]  # review: batch-helper (errors-not-handled)
