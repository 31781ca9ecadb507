"""A report goes from countries to customers, to orders, to what was paid: a query on each level."""

from typing import NamedTuple

from customers import CustomerValueData, customer_value, load_customer_value_data
from shop.models import Country, Customer


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class CountryValueData(NamedTuple):
    """What country_value() needs to know."""

    customers: dict
    customer_value_data: CustomerValueData


def load_country_value_data(session, codes):
    """Fetch the data of country_value() for all of these codes."""
    customers = {}
    for country_codes in _chunks(codes):
        for customer in (
            session.query(Customer)
            .filter(Customer.country_code.in_(country_codes))
            .order_by(Customer.id)
        ):
            customers.setdefault(customer.country_code, []).append(customer)
    customer_value_data = load_customer_value_data(
        session, [customer for code in codes for customer in customers.get(code, [])]
    )
    return CountryValueData(customers, customer_value_data)


def country_value(session, code, *, data=None):
    if data is None:
        data = load_country_value_data(session, [code])
    customers = data.customers.get(code, [])
    return sum(
        customer_value(session, customer, data=data.customer_value_data) for customer in customers
    )


def report(session):
    values = []
    countries = session.query(Country).order_by(Country.code).all()
    data = load_country_value_data(session, [country.code for country in countries])
    for country in countries:
        values.append((country.name, country_value(session, country.code, data=data)))
    return values


def best_customers(session):
    found = []
    customers = session.query(Customer).filter(Customer.vip).order_by(Customer.id).all()
    data = load_customer_value_data(session, customers)
    for customer in customers:
        if (value := customer_value(session, customer, data=data)) > 0:
            found.append((customer.name, value))
    return found
