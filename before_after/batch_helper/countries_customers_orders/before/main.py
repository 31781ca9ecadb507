"""A report goes from countries to customers, to orders, to what was paid: a query on each level."""

from customers import customer_value
from shop.models import Country, Customer


def country_value(session, code):
    customers = (
        session.query(Customer).filter(Customer.country_code == code).order_by(Customer.id).all()
    )
    return sum(customer_value(session, customer) for customer in customers)


def report(session):
    values = []
    for country in session.query(Country).order_by(Country.code).all():
        values.append((country.name, country_value(session, country.code)))
    return values


def best_customers(session):
    found = []
    for customer in session.query(Customer).filter(Customer.vip).order_by(Customer.id):
        if (value := customer_value(session, customer)) > 0:
            found.append((customer.name, value))
    return found
