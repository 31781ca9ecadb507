"""The loop goes over values of the table that it fills, and may come to what it has inserted."""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from shop.models import Review


def remind(session: Session):
    for product_id in session.scalars(select(Review.product_id).where(Review.rating.is_(None))):
        session.execute(insert(Review).values(product_id=product_id))  # review: bulk-insert (not-read-in-loop)
