"""The query joins in both branches, and the joins of neither are told apart."""

from shop.models import Customer, Order


def count(session, abroad: bool):
    query = session.query(Order)
    if abroad:
        query = query.join(Order.customer).filter(Customer.country_code != "CH")
    else:
        query = query.join(Order.customer).filter(Customer.country_code == "CH")
    return len(query.all())  # review: count-in-database (rows-not-repeated)
