"""The sessions make queries of the project's own class, whose count() may be another one."""

from sqlalchemy.orm import Query, sessionmaker

from shop.models import Order


class TenantQuery(Query):
    def count(self):
        own = self.filter(Order.customer_id == self.session.info["tenant"])
        return Query.count(own)


TenantSession = sessionmaker(query_cls=TenantQuery)


def numbers(session):
    small = session.query(Order).filter(Order.total < 10).count()  # review: merge-counts (no-hooks)
    great = session.query(Order).filter(Order.total >= 10).count()
    return small, great
