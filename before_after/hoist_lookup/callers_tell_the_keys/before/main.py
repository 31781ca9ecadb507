"""Nothing is annotated; what the callers hand over says what the keys are."""

from shop.models import Product, Review

from authors import authors_of


def page(session):
    reviews = session.query(Review).order_by(Review.id).all()
    return authors_of(session, reviews)


def of_product(session, sku):
    product = session.query(Product).filter(Product.sku == sku).one()
    found = session.query(Review).filter_by(product_id=product.id).order_by(Review.id)
    return authors_of(session, found.all())
