"""An offer names suppliers, some of them new: each is kept once, in the order of the offer."""

from typing import List

from shop.models import Supplier
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.util import OrderedSet


def suppliers_of(session: Session, names: List[str]) -> str:
    suppliers = OrderedSet()
    for position, name in enumerate(names, 1):
        supplier = session.scalars(select(Supplier).filter_by(name=name)).one_or_none()
        if not supplier:
            supplier = Supplier(name=name, city=f"line {position}")
            session.add(supplier)
            session.flush()
        suppliers.add(supplier)
    return ", ".join(f"{supplier.id} {supplier.name}" for supplier in suppliers)
