"""The project's own class of queries may count in its own way."""

from sqlalchemy.orm import Query, sessionmaker

from shop.models import Order


class Countless(Query):
    def count(self):
        raise NotImplementedError("count() is too slow for these tables")


SessionLocal = sessionmaker(query_cls=Countless)


def orders(session):
    return len(session.query(Order).all())  # review: count-in-database (same-rows)
