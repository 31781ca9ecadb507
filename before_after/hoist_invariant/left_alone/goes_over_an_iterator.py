"""An iterator in the condition gives its items to the first query, and none to the others."""

from shop.models import Customer, Tag


def tag_customers(session, names: list[str], wanted):
    found = []
    for name in names:
        customers = session.query(Customer).filter(Customer.name.in_(wanted)).all()  # review: hoist-invariant (query-invariant)
        found.append((name, len(customers)))
    return found
