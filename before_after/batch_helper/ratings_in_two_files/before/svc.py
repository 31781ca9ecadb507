from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Review


class Base:
    def __init__(self, session):
        self.db = session


class Ratings(Base):
    def stars(self, customer_id: int, product_id: int):
        reviews = self.db.query(Review).filter(Review.product_id == product_id)
        reviews = reviews.filter(Review.customer_id == customer_id).order_by(Review.id)
        return [review.rating for review in reviews]


def best(session, product_id: int, customer_id: int):
    statement = select(func.max(Review.rating)).where(Review.product_id == product_id)
    return session.scalar(statement.where(Review.customer_id == customer_id))


def rated(session: Session, *, product_id: int, customer_id: int) -> bool:
    reviews = session.query(Review.id).filter_by(product_id=product_id, customer_id=customer_id)
    return reviews.first() is not None
