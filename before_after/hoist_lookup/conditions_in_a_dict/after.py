"""Some conditions of the query come from a dict, which the loop only reads."""

from sqlalchemy import func

from shop.models import Customer, Order, OrderStatus


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def counts(session, **wanted):
    found = {}
    customers = session.query(Customer).order_by(Customer.id).all()
    order_counts = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        for customer_id, count in (
            session.query(Order.customer_id, func.count())
            .filter_by(**wanted)
            .filter(Order.customer_id.in_(customer_ids))
            .group_by(Order.customer_id)
        ):
            order_counts[customer_id] = count
    for customer in customers:
        found[customer.name, customer.id] = order_counts.get(customer.id, 0)
    return found


def new_orders(session):
    wanted = {"status": OrderStatus.NEW, "address_id": None}
    return counts(session, **wanted), counts(session)
