"""A function of which nothing is known is handed the session."""

from elsewhere import refresh_everything

from shop.models import Product


def price(session, product_id: int):
    return session.query(Product.price).filter(Product.id == product_id).scalar()


def prices(session, product_ids: list[int]):
    found = []
    for product_id in product_ids:
        refresh_everything(session)
        found.append(price(session, product_id))  # review: batch-helper (calls-known)
    return found
