"""Orders of customers with a name, which the query joins for the condition, and the loop reads."""

from shop.models import Customer, Order


def labels(session):
    orders = (
        session.query(Order)
        .join(Order.customer)  # those without a customer are of no interest
        .filter(Customer.vip.is_(False))
        .order_by(Customer.name, Order.id)
    )
    return [f"{order.number} {order.customer.name}" for order in orders]
