"""An endpoint of FastAPI gets a repository and awaits a lazy load for each row."""

from typing import Any

from fastapi import APIRouter, Depends
from repositories import OrderRepository

router = APIRouter()


@router.get("/orders")
async def list_orders(orders: OrderRepository = Depends()) -> list[dict[str, Any]]:
    found = []
    for order in await orders.all():
        lines = await order.awaitable_attrs.lines
        found.append({"id": order.id, "pieces": sum(line.quantity for line in lines)})
    return found
