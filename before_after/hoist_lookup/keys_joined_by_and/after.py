"""The conditions on the parts of a key are joined by `and_()`, or by `&`."""

from shop.models import Customer, Order, OrderStatus, PriceListEntry, Product
from sqlalchemy import and_, func, select, tuple_


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def orders_by_status(session):
    found = []
    customers = session.query(Customer).order_by(Customer.id).all()
    order_counts = {}
    for customer_id_and_status in _chunks(
        (customer.id, status) for customer in customers for status in OrderStatus
    ):
        for customer_id, key, count in session.execute(
            select(Order.customer_id, Order.status, func.count(Order.id))
            .where(tuple_(Order.customer_id, Order.status).in_(customer_id_and_status))
            .group_by(Order.customer_id, Order.status)
        ):
            order_counts[(customer_id, key)] = count
    for customer in customers:
        for status in OrderStatus:
            number = order_counts.get((customer.id, status), 0)
            found.append((customer.email, status.value, number))
    return found


def prices(session, code):
    found = {}
    products = session.query(Product).order_by(Product.id).all()
    price_list_entries = {}
    for product_ids in _chunks(product.id for product in products):
        for entry in session.query(PriceListEntry).filter(
            (PriceListEntry.product_id.in_(product_ids))
            & (PriceListEntry.price > 0)
            & (PriceListEntry.list_code == code)
        ):
            price_list_entries[entry.product_id] = entry
    for product in products:
        entry = price_list_entries.get(product.id)
        found[product.sku] = str(entry.price) if entry is not None else None
    return found
