"""The module's own functions are called `list()` and `len()`, which the new code needs as they are."""

from shop.models import Customer, Order


def list(session):
    return session.query(Customer).order_by(Customer.id).all()


def len(session):
    return session.query(Customer).count()


def dict(session):
    return {customer.id: customer.name for customer in list(session)}


def orders_of(session, customer_ids: "tuple[int, ...]"):
    found = {}
    for customer_id in customer_ids:
        orders = (
            session.query(Order).filter(Order.customer_id == customer_id).order_by(Order.id).all()
        )
        found[customer_id] = [order.id for order in orders]
    return found, len(session), dict(session)
