"""A helper sums up and counts; a long function calls it, among other things."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple, Optional

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order, OrderLine, OrderStatus, Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class _OrderFiguresData(NamedTuple):
    """What _order_figures() needs to know."""

    quantities: dict[int, Any]
    lines: dict[int, int]


def _load_order_figures_data(session: Session, order_ids: Iterable[int]) -> _OrderFiguresData:
    """Fetch the data of _order_figures() for all of these order ids."""
    quantities: dict[int, Any] = {}
    lines: dict[int, int] = {}
    for chunk in _chunks(order_ids):
        for order_id, value in session.execute(
            select(OrderLine.order_id, func.sum(OrderLine.quantity))
            .where(OrderLine.order_id.in_(chunk))
            .group_by(OrderLine.order_id)
        ):
            quantities[order_id] = value
        for order_id, count in session.execute(
            select(OrderLine.order_id, func.count())
            .select_from(OrderLine)
            .where(OrderLine.order_id.in_(chunk))
            .group_by(OrderLine.order_id)
        ):
            lines[order_id] = count
    return _OrderFiguresData(quantities, lines)


def _order_figures(
    session: Session,
    order_id: int,  # of an order that may have no lines
    *,
    data: Optional[_OrderFiguresData] = None,
) -> tuple[int, int]:
    if data is None:
        data = _load_order_figures_data(session, [order_id])
    quantity = data.quantities.get(order_id)
    lines = data.lines.get(order_id, 0)
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
    data = _load_order_figures_data(
        session, [order.id for order in orders if order.status is not OrderStatus.CANCELLED]
    )
    for order in orders:
        if order.status is OrderStatus.CANCELLED:
            continue
        quantity, lines = _order_figures(
            session,
            order.id,
            data=data,
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
