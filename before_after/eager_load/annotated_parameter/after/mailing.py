"""Letters to customers."""

from shop.models import Order


def addressees(orders: list[Order]) -> list[str]:
    """Whom to write to about these orders."""
    found: list[str] = []
    for order in orders:
        if order.customer is not None:
            found.append(order.customer.email)
    return found
