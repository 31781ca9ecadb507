"""The first row of each key, by an order that a joined table knows."""

from sqlalchemy import func, select

from shop.models import Customer, Order, OrderLine


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def latest(session):
    found = []
    customers = list(session.query(Customer).order_by(Customer.id))
    order_lines = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        ranked = (
            session.query(
                OrderLine.id,
                Order.customer_id.label("key_customer_id"),
                func.row_number()
                .over(
                    partition_by=Order.customer_id,
                    order_by=[Order.placed_on.desc(), OrderLine.unit_price.desc(), OrderLine.id],
                )
                .label("position"),
            )
            .select_from(OrderLine)
            .join(Order, OrderLine.order_id == Order.id)
            .filter(Order.customer_id.in_(customer_ids))
        ).subquery()
        for line, customer_id in (
            session.query(OrderLine, ranked.c.key_customer_id)
            .select_from(OrderLine)
            .join(ranked, OrderLine.id == ranked.c.id)
            .filter(ranked.c.position == 1)
        ):
            order_lines[customer_id] = line
    for customer in customers:
        line = order_lines.get(customer.id)
        found.append((customer.email, line.quantity if line else 0))
    return found


def dearest(session):
    found = []
    customers = session.scalars(select(Customer).order_by(Customer.id)).all()
    orders = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        ranked = (
            select(
                Order.id,
                func.row_number()
                .over(
                    partition_by=Order.customer_id,
                    order_by=[OrderLine.unit_price.desc(), Order.id.desc()],
                )
                .label("position"),
            )
            .select_from(Order)
            .join(OrderLine, OrderLine.order_id == Order.id)
            .where(Order.customer_id.in_(customer_ids), OrderLine.quantity > 1)
        ).subquery()
        for order in session.scalars(
            select(Order).join(ranked, Order.id == ranked.c.id).where(ranked.c.position == 1)
        ):
            orders[order.customer_id] = order
    for customer in customers:
        order = orders.get(customer.id)
        found.append(order.number if order else None)
    return found
