"""The loop makes coroutines, which are awaited after it; nobody has said what kind of session it is."""

import asyncio

from sqlalchemy import func, select

from shop.models import OrderLine


async def line_counts(session, order_ids: list[int]):
    counts = []
    for order_id in order_ids:
        counts.append(
            session.scalar(  # found: hoist-lookup (keys-known-before)
                select(func.count(OrderLine.id)).where(OrderLine.order_id == order_id)
            )
        )
    return await asyncio.gather(*counts)
