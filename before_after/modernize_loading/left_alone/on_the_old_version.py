"""On SQLAlchemy 1.4 there is nothing better, and get() of a query is as good as any."""
# pyproject: sqlalchemy = ">=1.4,<2.0"

from shop.models import Customer, Tag


def imported(session, mappings, key):
    session.bulk_insert_mappings(Tag, mappings)
    return session.query(Tag).count(), session.query(Customer).get(key)
