"""Products by their number."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import OrderLine, Product


class NotFound(Exception):
    pass


def get(*, db_session: Session, product_id: int | None) -> Product | None:
    """The product with a number, if there is one."""
    return db_session.execute(select(Product).where(Product.id == product_id)).scalar_one_or_none()


def get_or_raise(*, db_session: Session, line: OrderLine) -> Product:
    """The product of a line."""
    product = get(db_session=db_session, product_id=line.product_id)
    if product is None:
        raise NotFound(f"{line.id} has no product")
    return product
