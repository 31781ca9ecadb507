"""The rows that the test has loaded serve what comes later: for a person to decide."""

from shop.models import Supplier


def cities(session, ids):
    has_suppliers = session.query(session.query(Supplier).exists()).scalar()
    if not has_suppliers:
        return []
    return [session.get(Supplier, supplier_id).city for supplier_id in ids]
