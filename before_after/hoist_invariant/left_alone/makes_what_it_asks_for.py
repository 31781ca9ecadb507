"""The loop makes objects of the class that it asks for, and a relationship may add them."""

from shop.models import Payment, Product, Supplier


def imported(session, rows: list[dict]):
    found = []
    for row in rows:
        found.append(session.query(Payment).filter(Payment.amount > 100).count())  # review: hoist-invariant (table-not-written)
        found.append(Payment(**row))
    return found


def offered(session):
    found = []
    for supplier in session.query(Supplier).order_by(Supplier.id).all():
        found.append(session.query(Product).filter(Product.price > 100).count())  # review: hoist-invariant (table-not-written)
        supplier.city = "Bern"
        found.append(Product(sku=supplier.name))
        session.flush()
    return found
