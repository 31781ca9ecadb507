"""A customer and the one who referred them are looked up by their keys."""

from shop.models import Customer


def referrer(session, customer_id):
    customer = session.query(Customer).get(customer_id)
    if customer is None:
        return None
    other = session.query(Customer).get(customer.referrer_id or 0)  # 0 is nobody's
    return customer.email, other and other.email
