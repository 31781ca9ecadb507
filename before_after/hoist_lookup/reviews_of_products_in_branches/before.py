"""The query of each product is built in steps, of which a parameter leaves one out."""

from shop.models import Review


def newest(session, product_ids: list[int], rated):
    result = []
    for product_id in product_ids:
        query = session.query(Review).filter(Review.product_id == product_id)
        if rated:
            query = query.filter(Review.rating.isnot(None))
        else:
            query = query.filter(Review.text.isnot(None))
        query = query.order_by(Review.id.desc())
        review = query.first()
        result.append((product_id, review.text if review else None))
    return result
