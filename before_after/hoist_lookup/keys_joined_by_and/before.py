"""The conditions on the parts of a key are joined by `and_()`, or by `&`."""

from shop.models import Customer, Order, OrderStatus, PriceListEntry, Product
from sqlalchemy import and_, func, select


def orders_by_status(session):
    found = []
    for customer in session.query(Customer).order_by(Customer.id):
        for status in OrderStatus:
            number = session.execute(
                select(func.count(Order.id)).where(
                    and_(Order.customer_id == customer.id, Order.status == status)
                )
            ).scalar()
            found.append((customer.email, status.value, number))
    return found


def prices(session, code):
    found = {}
    for product in session.query(Product).order_by(Product.id).all():
        entry = (
            session.query(PriceListEntry)
            .filter(
                (PriceListEntry.product_id == product.id)
                & (PriceListEntry.price > 0)
                & (PriceListEntry.list_code == code)
            )
            .first()
        )
        found[product.sku] = str(entry.price) if entry is not None else None
    return found
