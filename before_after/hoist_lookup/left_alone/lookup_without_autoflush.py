"""The lookup stands under `no_autoflush`; a query before the loop would flush what is pending."""

from shop.models import Customer, Order


def names(session, orders: list[Order]):
    result = []
    for order in orders:
        with session.no_autoflush:
            customer = session.query(Customer).filter(Customer.id == order.customer_id).first()  # found: hoist-lookup (flushes-alike)
        result.append(customer.name if customer else None)
    return result
