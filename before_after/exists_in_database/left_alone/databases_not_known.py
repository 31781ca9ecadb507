"""A project that does not say which databases it uses: not all can SELECT an EXISTS."""
# pyproject: database = []

from shop.models import Order


def has_orders(session, customer_id: int):
    orders = session.query(Order).filter(Order.customer_id == customer_id).all()
    return bool(orders)  # review: exists-in-database (database-takes-it)
