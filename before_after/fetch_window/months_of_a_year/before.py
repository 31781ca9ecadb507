"""Orders and birthdays are counted for each month of a year, which the database takes of a date."""

from sqlalchemy import extract, func, select

from shop.models import Customer, Order


def per_month(session, year: int):
    return [
        session.query(Order)
        .filter(extract("year", Order.placed_on) == year, extract("month", Order.placed_on) == month)
        .count()
        for month in range(1, 13)
    ]


def birthdays(session):
    found = {}
    month = 1
    while month <= 12:
        found[month] = session.scalar(
            select(func.count(Customer.id)).where(func.extract("month", Customer.birthday) == month)
        )
        month += 1
    return found
