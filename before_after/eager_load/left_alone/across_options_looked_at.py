"""A function between the loop and the query looks at the options that it hands on, or hands them on twice."""

from shop.models import Product, Review

SEEN = []


def reviews_with(session, options=()):
    return session.query(Review).options(*options).order_by(Review.id).all()


def counted(session, options=()):
    SEEN.append(len(options))
    return reviews_with(session, options=options)


def ratings(session):
    return [review.customer and review.rating for review in counted(session)]  # review: eager-load


def stars(session):
    return [review.rating for review in counted(session)]


def products_with(session, options=()):
    return session.query(Product).options(*options).order_by(Product.id).all()


def twice(session, options=()):
    first = products_with(session, options=options)
    return first, products_with(session, options=options)


def skus(session):
    first, second = twice(session)
    return [product.sku for product in first], [len(product.reviews) for product in second]  # review: eager-load


def only_skus(session):
    first, second = twice(session)
    return [product.sku for product in first + second]
