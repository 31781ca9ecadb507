"""SQL Server takes an EXISTS in a WHERE only."""
# pyproject: database = ["mssql", "sqlite"]

from shop.models import Order


def has_orders(session, customer_id: int):
    orders = session.query(Order).filter(Order.customer_id == customer_id).all()
    return bool(orders)  # found: exists-in-database (database-takes-it)
