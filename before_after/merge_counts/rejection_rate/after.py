"""A long function of a dashboard that asks for six counts one by one, some with `or 0`."""

from datetime import date, timedelta

from sqlalchemy import and_, case, func
from sqlalchemy.orm import Session

from shop.models import Order, OrderStatus


def rejection_rate(db: Session, days: int = 3, today: date = date(2024, 3, 1)) -> dict:
    """The share of orders that were cancelled, of those with and without an address.

    Args:
        days: how far back to look.
        today: the last day.
    """
    since = today - timedelta(days=days)

    # Overall
    shipped_count, paid_count, address_paid, address_total, pickup_paid, pickup_total = (
        db.query(
            func.count(case((Order.status == OrderStatus.SHIPPED, 1))),
            func.count(case((Order.status == OrderStatus.PAID, 1))),
            func.count(
                case((and_(Order.status == OrderStatus.PAID, Order.address_id.isnot(None)), 1))
            ),
            func.count(case((Order.address_id.isnot(None), 1))),
            func.count(
                case((and_(Order.status == OrderStatus.PAID, Order.address_id.is_(None)), 1))
            ),
            func.count(case((Order.address_id.is_(None), 1))),
        )
        .filter(Order.placed_on >= since)
        .one()
    )
    decided = shipped_count + paid_count
    overall_rate = round(paid_count / decided * 100, 1) if decided else 0.0

    # Delivered to an address
    address_rate = round(address_paid / address_total * 100, 1) if address_total else 0.0

    # Picked up
    pickup_rate = round(pickup_paid / pickup_total * 100, 1) if pickup_total else 0.0

    return {
        "since": since.isoformat(),
        "overall": {"paid": paid_count, "decided": decided, "rate": overall_rate},
        "address": {"paid": address_paid, "total": address_total, "rate": address_rate},
        "pickup": {"paid": pickup_paid, "total": pickup_total, "rate": pickup_rate},
    }
