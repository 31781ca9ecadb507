"""What the outside gets to see of an order."""

from decimal import Decimal
from typing import Any

from shop.models import Order


def to_dict(order: Order, full: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = {"id": order.id, "placed": order.placed_on.isoformat()}
    if full:
        found["lines"] = [
            {"product": line.product_id, "quantity": line.quantity} for line in order.lines
        ]
    return found
