"""`scalar_one()` of executed statements as keyword arguments: sums, minima, maxima, averages."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, func, select

from shop.models import Product


@dataclass
class Stock:
    pieces: int | None
    cheapest: Decimal | None
    dearest: Decimal | None
    mean: float | None
    inactive: int


def stock_report(session):
    pieces, cheapest, dearest, mean, inactive_count = session.execute(
        select(
            func.sum(case((Product.active, Product.stock))),
            func.min(case((Product.active, Product.price))),
            func.max(Product.price),
            func.avg(Product.stock),
            func.count(case((~Product.active, 1))),
        )
    ).one()
    return Stock(
        pieces=pieces,
        cheapest=cheapest,
        dearest=dearest,
        mean=mean,
        inactive=inactive_count,
    )
