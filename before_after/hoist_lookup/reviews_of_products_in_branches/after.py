"""The query of each product is built in steps, of which a parameter leaves one out."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func

from shop.models import Review


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def newest(session, product_ids: list[int], rated):
    result = []
    reviews: dict[int, Review] = {}
    for chunk in _chunks(product_ids):
        query = session.query(
            Review.id,
            func.row_number()
            .over(partition_by=Review.product_id, order_by=Review.id.desc())
            .label("position"),
        ).filter(Review.product_id.in_(chunk))
        if rated:
            query = query.filter(Review.rating.isnot(None))
        else:
            query = query.filter(Review.text.isnot(None))
        ranked = query.subquery()
        for row in (
            session.query(Review)
            .join(ranked, Review.id == ranked.c.id)
            .filter(ranked.c.position == 1)
        ):
            reviews[row.product_id] = row
    for product_id in product_ids:
        review = reviews.get(product_id)
        result.append((product_id, review.text if review else None))
    return result
