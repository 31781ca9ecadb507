"""Two orders of each customer are wanted, and nothing says which ones."""

from shop.models import Customer, Order


def samples(session):
    result = {}
    for customer in session.query(Customer).order_by(Customer.id).all():
        orders = (
            session.query(Order)  # review: hoist-lookup (row-order)
            .filter(Order.customer_id == customer.id)
            .limit(2)
            .all()
        )
        result[customer.id] = len(orders)
    return result


def pages(session, page: int):
    result = {}
    for customer in session.query(Customer).order_by(Customer.id).all():
        orders = (
            session.query(Order)  # found: hoist-lookup (keys-known-before)
            .filter(Order.customer_id == customer.id)
            .order_by(Order.id)
            .limit(page)
            .all()
        )
        result[customer.id] = [order.id for order in orders]
    return result


def second_pages(session):
    result = {}
    for customer in session.query(Customer).order_by(Customer.id).all():
        orders = (
            session.query(Order)  # found: hoist-lookup (keys-known-before)
            .filter(Order.customer_id == customer.id)
            .order_by(Order.id)
            .offset(2)
            .limit(2)
            .all()
        )
        result[customer.id] = [order.id for order in orders]
    return result
