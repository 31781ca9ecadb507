"""Orders and birthdays are counted for each month of a year, which the database takes of a date."""

from sqlalchemy import extract, select

from shop.models import Customer, Order


def per_month(session, year: int):
    orders = session.query(Order.placed_on).filter(extract("year", Order.placed_on) == year).all()
    return [sum(1 for order in orders if order.placed_on.month == month) for month in range(1, 13)]


def birthdays(session):
    found = {}
    month = 1
    customers = session.execute(select(Customer.birthday)).all()
    while month <= 12:
        found[month] = sum(
            1
            for customer in customers
            if customer.birthday is not None and customer.birthday.month == month
        )
        month += 1
    return found
