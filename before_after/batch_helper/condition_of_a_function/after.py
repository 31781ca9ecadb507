"""Whether the helper asks a second time is decided by a function that only computes."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple, Optional

from sqlalchemy import func

from shop.models import OrderLine, Payment


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def is_large(lines: int) -> bool:
    return lines >= 2


class SizeOfData(NamedTuple):
    """What size_of() needs to know."""

    lines: dict[int, int]
    payment_counts: dict[int, int]


def load_size_of_data(session, order_ids: Collection[int]) -> SizeOfData:
    """Fetch the data of size_of() for all of these order ids."""
    lines: dict[int, int] = {}
    for chunk in _chunks(order_ids):
        for order_id, count in (
            session.query(OrderLine.order_id, func.count())
            .filter(OrderLine.order_id.in_(chunk))
            .group_by(OrderLine.order_id)
        ):
            lines[order_id] = count
    payment_counts: dict[int, int] = {}
    for chunk in _chunks(order_id for order_id in order_ids if is_large(lines.get(order_id, 0))):
        for order_id, count in (
            session.query(Payment.order_id, func.count())
            .filter(Payment.order_id.in_(chunk))
            .group_by(Payment.order_id)
        ):
            payment_counts[order_id] = count
    return SizeOfData(lines, payment_counts)


def size_of(session, order_id: int, *, data: Optional[SizeOfData] = None):
    if data is None:
        data = load_size_of_data(session, [order_id])
    lines = data.lines.get(order_id, 0)
    if is_large(lines):
        return lines + data.payment_counts.get(order_id, 0)
    return lines


def sizes_of(session, order_ids: list[int]):
    data = load_size_of_data(session, order_ids)
    return {each: size_of(session, each, data=data) for each in order_ids}
