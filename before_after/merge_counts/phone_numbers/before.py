"""Counts of columns that can be NULL, and of distinct values."""

from sqlalchemy import func

from shop.models import Customer


def reach(session, country):
    """How many customers told us what."""
    birthdays = (
        session.query(func.count(Customer.birthday))
        .filter(Customer.country_code == country)
        .scalar()
    )
    vip_birthdays = (
        session.query(func.count(Customer.birthday))
        .filter(Customer.country_code == country, Customer.vip)
        .scalar()
    )
    names = (
        session.query(func.count(Customer.name.distinct()))
        .filter(Customer.country_code == country, Customer.vip)
        .scalar()
    )
    everybody = session.query(Customer.id).filter_by(country_code=country).count()
    return f"{birthdays}/{vip_birthdays}/{names} of {everybody}"
