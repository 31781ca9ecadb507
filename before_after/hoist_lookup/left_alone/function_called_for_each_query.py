"""What the query compares with is what a function from elsewhere gives, for each item anew."""

from billing import next_cutoff

from shop.models import Order


def recent(session, customer_ids: list[int]):
    result = {}
    for customer_id in customer_ids:
        result[customer_id] = (
            session.query(Order)  # review: hoist-lookup (query-invariant)
            .filter(Order.customer_id == customer_id, Order.placed_on > next_cutoff())
            .count()
        )
    return result
