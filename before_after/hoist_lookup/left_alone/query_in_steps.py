"""The query is built in steps of which a condition may skip one, or on what the loop left."""

from shop.models import Review


def newest(session, product_ids: "list[int]", rated):
    result = []
    for product_id in product_ids:
        query = session.query(Review).filter(Review.product_id == product_id)
        if rated:
            query = query.filter(Review.rating.isnot(None))
        query = query.order_by(Review.id.desc())
        result.append(query.first())  # found: hoist-lookup (keys-known-before)
    return [review and review.text for review in result]


def narrowed(session, product_ids: "list[int]"):
    counts = []
    query = session.query(Review)
    for product_id in product_ids:
        query = query.filter(Review.product_id != product_id)
        counts.append(query.count())
    return counts
