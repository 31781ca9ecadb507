"""Another rule fetches all of it before the loop, which is better than to keep it."""

from shop.models import Customer, Order, Product
from sqlalchemy import select


def customer_of(session, customer_id):
    return session.execute(select(Customer).where(Customer.id == customer_id)).scalars().first()


def by_batch_helper(session):
    names = []
    for order in session.execute(select(Order).order_by(Order.id)).scalars().all():
        customer = customer_of(session, order.customer_id)  # found: cache-lookup (asked-at-once)
        names.append(customer.name if customer else None)
    return names


def by_hoist_lookup(session, lines):
    found = []
    for line in lines:
        found.append(session.query(Product.name).filter(Product.sku == line["product_sku"]).scalar())  # found: cache-lookup (asked-at-once)
        found.append(session.query(Product.price).filter(Product.sku == line["product_sku"]).scalar())  # found: cache-lookup (asked-at-once)
    return found
