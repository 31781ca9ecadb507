"""Each product gets a review, with an INSERT of its own."""

from sqlalchemy import insert

from shop.models import Product, Review


def ask_for_reviews(session, text):
    reviews = []
    for product in session.query(Product).order_by(Product.id).all():
        # one of our own customers may have written it already
        if product.active:
            reviews.append({"product_id": product.id, "rating": None, "text": "new"})
    if reviews:
        session.execute(insert(Review), reviews)
    return session.query(Review).filter_by(text="new").count()
