"""Objects with a key that the loop makes are merged one by one."""

from shop.models import Order, PriceListEntry, Tag


def tags(session, rows):
    for row in rows:
        session.merge(Tag(id=row["id"], name=row["name"]))  # found: merge-in-loop


def prices(session, prices):
    for product_id, price in prices.items():
        entry = PriceListEntry(list_code="new", product_id=product_id, price=price)
        session.merge(entry)  # found: merge-in-loop


def of_dicts(session, rows):
    return [copy.id for copy in imported(session, rows)]


def imported(session, rows):
    merged = []
    for row in rows:
        merged.append(session.merge(Order(**row)))  # found: merge-in-loop
    return merged


async def asynchronous(session, rows):
    for row in rows:
        await session.merge(Tag(**row))  # found: merge-in-loop
