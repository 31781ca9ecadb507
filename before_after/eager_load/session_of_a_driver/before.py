"""A driver makes its sessions in its constructor, and its property opens one of them."""

from contextlib import contextmanager

from sqlalchemy.orm import sessionmaker

from shop.models import Review


class Driver:
    def __init__(self, engine):
        self.engine = engine
        self.make_session = sessionmaker(bind=engine)

    @property
    @contextmanager
    def session(self):
        """A session that commits when it is left."""
        session = self.make_session()
        try:
            yield session
            session.commit()
        except Exception:
            session.rollback()
            raise
        finally:
            session.close()

    def ratings(self, lowest=None, limit=100):
        with self.session as session:
            query = session.query(Review)
            if lowest is not None:
                query = query.filter(Review.rating >= lowest)
            query = query.order_by(Review.id).limit(limit)
            return {review.id: (review.product.sku, review.rating) for review in query}
