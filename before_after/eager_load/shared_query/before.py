"""One query is counted and paged; only the page reads the customers."""

from sqlalchemy import func, select

from shop.models import Order


def page(session, size, number):
    statement = select(Order).where(Order.total > 3)
    count = session.scalar(select(func.count()).select_from(statement.subquery()))
    rows = session.scalars(statement.order_by(Order.id).limit(size).offset(number * size))
    found = []
    for order in rows.all():
        found.append({"number": order.number, "by": order.customer and order.customer.name})
    return {"count": count, "orders": found}
