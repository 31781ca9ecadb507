"""The helper is called in a lambda, with what the lambda is called with."""

from shop.models import Customer


def named(session, email: str):
    customer = session.query(Customer).filter(Customer.email == email).first()
    return customer.name if customer else None


def with_another(session, emails: list[str], other: str):
    found = []
    for email in emails:
        find = lambda email: named(session, email)  # noqa: E731  # found: batch-helper (call-understood)
        found.append((email, find(other)))
    return found
