"""`scalar_one()` of executed statements as keyword arguments: sums, minima, maxima, averages."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from shop.models import Product


@dataclass
class Stock:
    pieces: int | None
    cheapest: Decimal | None
    dearest: Decimal | None
    mean: float | None
    inactive: int


def stock_report(session):
    return Stock(
        pieces=session.execute(select(func.sum(Product.stock)).where(Product.active)).scalar_one(),
        cheapest=session.execute(
            select(func.min(Product.price)).where(Product.active)
        ).scalar_one(),
        dearest=session.execute(select(func.max(Product.price))).scalar_one(),
        mean=session.execute(select(func.avg(Product.stock))).scalar_one(),
        inactive=session.execute(
            select(func.count(Product.id)).where(~Product.active)
        ).scalar_one(),
    )
