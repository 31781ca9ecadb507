"""The sessions make queries of the project's own class, whose first() may be another one."""

from sqlalchemy.orm import Query, sessionmaker

from shop.models import Order


class TenantQuery(Query):
    def first(self):
        own = self.filter(Order.customer_id == self.session.info["tenant"])
        return Query.first(own)


TenantSession = sessionmaker(query_cls=TenantQuery)


def totals(session, numbers: list[str]):
    found = []
    for number in numbers:
        order = session.query(Order).filter(Order.number == number).first()  # review: hoist-lookup (same-rows)
        found.append(order.total if order is not None else None)
    return found
