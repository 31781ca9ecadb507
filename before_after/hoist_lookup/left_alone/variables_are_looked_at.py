"""The function hands on all of its variables, which would be others."""

from shop.models import Customer


def greetings(session, emails: list[str]):
    texts = []
    for email in emails:
        customer = session.query(Customer).filter(Customer.email == email).one_or_none()  # review: hoist-lookup (names-kept)
        if customer:
            texts.append("Dear {customer.name}, we write to {email}".format(**locals()))
    return texts
