"""Two counts in one assignment to a tuple, and a relationship in their conditions."""

from shop.models import Product


def usage(session):
    tagged, reviewed = (
        session.query(Product).filter(Product.tags.any(), Product.stock > 0).count(),
        session.query(Product).filter(Product.reviews.any(), ~Product.tags.any()).count(),
    )
    return tagged, reviewed
