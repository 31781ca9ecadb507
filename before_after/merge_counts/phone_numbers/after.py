"""Counts of columns that can be NULL, and of distinct values."""

from sqlalchemy import case, func

from shop.models import Customer


def reach(session, country):
    """How many customers told us what."""
    birthdays, vip_birthdays, names, everybody = (
        session.query(
            func.count(Customer.birthday),
            func.count(case((Customer.vip, Customer.birthday))),
            func.count(case((Customer.vip, Customer.name)).distinct()),
            func.count(),
        )
        .filter(Customer.country_code == country)
        .one()
    )
    return f"{birthdays}/{vip_birthdays}/{names} of {everybody}"
