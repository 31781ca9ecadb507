"""Example: A shared query in a variable, to which each entry of a dict adds its filter."""

from sqlalchemy import case, func

from shop.models import Order, OrderStatus


def status_counts(session, customer_id):
    query = session.query(Order).filter(Order.customer_id == customer_id)
    new_count, paid_count, total = query.with_entities(
        func.count(case((Order.status == OrderStatus.NEW, 1))),
        func.count(case((Order.status == OrderStatus.PAID, 1))),
        func.count(),
    ).one()
    return {
        "new": new_count,
        "paid": paid_count,
        "all": total,
    }
