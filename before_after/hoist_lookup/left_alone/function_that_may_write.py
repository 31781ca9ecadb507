"""A function of the database that is asked alone may write, or say whose rows are seen."""

from sqlalchemy import func, select

from shop.models import Order, OrderLine


def lines_of_tenants(session, tenants: dict[str, int]):
    counts = {}
    for tenant, order_id in tenants.items():
        session.execute(select(func.set_config("app.tenant", tenant, True)))
        lines = session.query(OrderLine).filter(OrderLine.order_id == order_id)
        counts[tenant] = lines.count()  # review: hoist-lookup (table-not-written)
    return counts


def lines_after_import(session):
    counts = []
    for order in session.query(Order).order_by(Order.id).all():
        session.query(func.import_lines(order.number)).scalar()
        lines = session.query(OrderLine).filter(OrderLine.order_id == order.id)
        counts.append(lines.count())  # review: hoist-lookup (table-not-written)
    return counts
