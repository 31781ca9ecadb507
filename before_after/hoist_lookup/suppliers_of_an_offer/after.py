"""An offer names suppliers, some of them new: each is kept once, in the order of the offer."""

from collections.abc import Iterable, Iterator
from typing import Any, List

from shop.models import Supplier
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.util import OrderedSet


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def suppliers_of(session: Session, names: List[str]) -> str:
    suppliers = OrderedSet()
    suppliers_by_name: dict[str, Supplier] = {}
    for chunk in _chunks(name for position, name in enumerate(names, 1)):
        for row in session.scalars(select(Supplier).where(Supplier.name.in_(chunk))):
            suppliers_by_name[row.name] = row
    for position, name in enumerate(names, 1):
        supplier = suppliers_by_name.get(name)
        if not supplier:
            supplier = Supplier(name=name, city=f"line {position}")
            session.add(supplier)
            suppliers_by_name[name] = supplier
            session.flush()
        suppliers.add(supplier)
    return ", ".join(f"{supplier.id} {supplier.name}" for supplier in suppliers)
