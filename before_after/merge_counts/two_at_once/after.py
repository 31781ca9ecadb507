"""Two counts in one assignment to a tuple, and a relationship in their conditions."""

from sqlalchemy import and_, case, func

from shop.models import Product


def usage(session):
    tagged, reviewed = session.query(
        func.count(case((and_(Product.tags.any(), Product.stock > 0), 1))),
        func.count(case((and_(Product.reviews.any(), ~Product.tags.any()), 1))),
    ).one()
    return tagged, reviewed
