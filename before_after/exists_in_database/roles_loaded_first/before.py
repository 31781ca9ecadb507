"""The rows that the test has loaded serve what comes later: for a person to decide."""

from shop.models import Supplier


def cities(session, ids):
    suppliers = session.query(Supplier).all()
    if not suppliers:
        return []
    return [session.get(Supplier, supplier_id).city for supplier_id in ids]
