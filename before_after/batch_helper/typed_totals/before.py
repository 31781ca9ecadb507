"""A helper sums up and counts; a long function calls it, among other things."""

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order, OrderLine, OrderStatus, Product


def _order_figures(
    session: Session,
    order_id: int,  # of an order that may have no lines
) -> tuple[int, int]:
    quantity = session.execute(
        select(func.sum(OrderLine.quantity)).where(OrderLine.order_id == order_id)
    ).scalar_one()
    lines = session.execute(
        select(func.count()).select_from(OrderLine).where(OrderLine.order_id == order_id)
    ).scalar_one()
    return quantity or 0, lines


def month_end(session: Session) -> dict[str, object]:
    orders = session.execute(select(Order).order_by(Order.id)).scalars().all()
    report: dict[str, object] = {}

    # The prices.
    prices = session.execute(select(Product.price)).scalars().all()
    highest = Decimal(0)
    lowest = Decimal(10**9)
    for price in prices:
        if price > highest:
            highest = price
        if price < lowest:
            lowest = price
    report["highest"] = highest
    report["lowest"] = lowest if prices else None

    # The customers.
    names = []
    unnamed = 0
    for customer in session.execute(select(Customer).order_by(Customer.id)).scalars():
        if customer.name:
            names.append(customer.name)
        else:
            unnamed += 1
    report["names"] = sorted(names)
    report["unnamed"] = unnamed

    # The orders.
    quantities = {}
    empty = []
    largest = 0
    for order in orders:
        if order.status is OrderStatus.CANCELLED:
            continue
        quantity, lines = _order_figures(
            session,
            order.id,
        )
        quantities[order.id] = quantity
        if not lines:
            empty.append(order.id)
        if quantity > largest:
            largest = quantity
    report["quantities"] = quantities
    report["empty"] = empty
    report["largest"] = largest

    # Days on which something was ordered.
    days = {order.placed_on for order in orders}
    report["days"] = len(days)
    if days:
        report["first"] = min(days)
        report["last"] = max(days)

    # How many are still open.
    open_orders = 0
    for order in orders:
        if order.status is OrderStatus.NEW:
            open_orders += 1
    report["open"] = open_orders
    return report
