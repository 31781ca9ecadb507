"""The sessions of the project have a query class of their own, which may add conditions."""

from sqlalchemy.orm import Query, sessionmaker

from shop.models import User


class Visible(Query):
    def count(self):
        return self.filter_by(hidden=False).enable_assertions(False).count()


Session = sessionmaker(query_cls=Visible)


def counts():
    with Session() as session:
        users = session.query(User).order_by(User.id).all()
        return [user.entries.count() for user in users]  # review: dynamic-in-loop (asked-as-declared)
