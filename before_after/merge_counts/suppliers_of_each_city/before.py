"""In a loop, two counts for each round; both depend on the loop's variable."""

from sqlalchemy import and_, or_

from shop.models import Product


def per_category(session, limits):
    rows = []
    for limit in limits:
        cheap = session.query(Product).filter(and_(Product.price < limit, Product.active)).count()
        rare = (
            session.query(Product)
            .filter(or_(Product.stock < limit, Product.stock.is_(None)))
            .filter(Product.active)
            .count()
        )
        rows.append((limit, cheap, rare))
    return rows
