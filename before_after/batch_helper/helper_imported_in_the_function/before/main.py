"""Two functions import their helpers themselves, since the other file imports from this one."""

from __future__ import annotations

from typing import Optional

from sqlalchemy.orm import Session

LIMIT = 99


def stocks(session: Session, skus: list[str]) -> list[Optional[int]]:
    """The stock of each product, up to a limit."""
    from stock import stock_of

    return [stock_of(session, sku) for sku in skus]


def labels(session: Session, skus: list[str]) -> list[str]:
    from stock import name_of, stock_of

    found = []
    for sku in skus:
        found.append(f"{name_of(session, sku)}: {stock_of(session, sku)}")
    return found
