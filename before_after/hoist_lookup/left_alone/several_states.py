"""DISTINCT on a column leaves out rows of each customer on its own before they are counted."""

from shop.models import Order


def states(session, customer_ids: list[int]):
    result = []
    for customer_id in customer_ids:
        number = (
            session.query(Order.status)  # found: hoist-lookup (keys-known-before)
            .distinct()
            .filter(Order.customer_id == customer_id)
            .count()
        )
        result.append(number)
    return result
