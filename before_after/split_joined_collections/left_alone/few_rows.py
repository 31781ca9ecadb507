"""Two collections of a few countries: two more statements may cost more than they save."""

from sqlalchemy.orm import joinedload

from shop.models import Customer


def customers(session):
    query = session.query(Customer).options(
        joinedload(Customer.orders),  # review: split-joined-collections (worth-a-statement)
        joinedload(Customer.addresses),
    )
    return query.all()
