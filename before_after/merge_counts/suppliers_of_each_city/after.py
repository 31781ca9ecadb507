"""In a loop, two counts for each round; both depend on the loop's variable."""

from sqlalchemy import case, func, or_

from shop.models import Product


def per_category(session, limits):
    rows = []
    for limit in limits:
        cheap, rare = (
            session.query(
                func.count(case((Product.price < limit, 1))),
                func.count(case((or_(Product.stock < limit, Product.stock.is_(None)), 1))),
            )
            .filter(Product.active)
            .one()
        )
        rows.append((limit, cheap, rare))
    return rows
