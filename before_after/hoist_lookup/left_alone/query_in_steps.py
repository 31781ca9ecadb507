"""The query is built in steps under a condition on the item, or on what the loop left."""

from shop.models import Review


def newest(session, product_ids: "list[int]"):
    result = []
    for product_id in product_ids:
        query = session.query(Review).filter(Review.product_id == product_id)
        if product_id > 10:
            query = query.filter(Review.rating.isnot(None))
        query = query.order_by(Review.id.desc())
        result.append(query.first())  # found: hoist-lookup (writable)
    return [review and review.text for review in result]


def narrowed(session, product_ids: "list[int]"):
    counts = []
    query = session.query(Review)
    for product_id in product_ids:
        query = query.filter(Review.product_id != product_id)
        counts.append(query.count())  # found: hoist-lookup (keys-known-before)
    return counts
