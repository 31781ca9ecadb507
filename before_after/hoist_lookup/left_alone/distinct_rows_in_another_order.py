"""DISTINCT with the key would select one more column, by which the rows are ordered: that of a
joined table, of which a row may have several."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Customer, Order


def orders(session: Session, codes: list[str]) -> list[list[str]]:
    found = []
    for code in codes:
        customers = session.scalars(  # found: hoist-lookup (keys-known-before)
            select(Customer)
            .join(Customer.orders)
            .where(Customer.country_code == code)
            .order_by(Order.placed_on)
            .distinct()
        )
        found.append([customer.email for customer in customers])
    return found
