"""Nothing says in what order the reviews of a customer come, and another loader has another one."""

from sqlalchemy.orm import joinedload

from shop.models import Customer


def customers(session):
    query = session.query(Customer).options(
        joinedload(Customer.orders),  # review: split-joined-collections (item-order)
        joinedload(Customer.reviews),
    )
    return query.all()
