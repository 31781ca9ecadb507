"""The query is built in two steps of the loop."""

from shop.models import Review


def newest(session, product_ids: "list[int]"):
    result = []
    for product_id in product_ids:
        query = session.query(Review).filter(Review.product_id == product_id)
        query = query.order_by(Review.id.desc())
        result.append(query.first())  # found: hoist-lookup (writable)
    return [review and review.text for review in result]
