"""Both ask the session first: as far as one knows they are the same."""

from shop.models import Customer


def email(session, customer_id):
    customer = session.query(Customer).get(customer_id)  # review: modernize-loading (measured)
    return customer and customer.email
