"""Two functions import their helpers themselves, since the other file imports from this one."""

from __future__ import annotations

from typing import Optional

from sqlalchemy.orm import Session

LIMIT = 99


def stocks(session: Session, skus: list[str]) -> list[Optional[int]]:
    """The stock of each product, up to a limit."""
    from stock import product_stocks_by_sku, stock_of

    product_stocks = product_stocks_by_sku(session, skus)
    return [stock_of(session, sku, product_stocks=product_stocks) for sku in skus]


def labels(session: Session, skus: list[str]) -> list[str]:
    from stock import name_of, product_stocks_by_sku, products_by_sku, stock_of

    found = []
    product_stocks = product_stocks_by_sku(session, skus)
    products = products_by_sku(session, skus)
    for sku in skus:
        found.append(
            f"{name_of(session, sku, products=products)}: {stock_of(session, sku, product_stocks=product_stocks)}"
        )
    return found
