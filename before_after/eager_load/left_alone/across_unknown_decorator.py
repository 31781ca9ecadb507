"""A decorator of the project stands between the query and those who get its rows."""

from functools import wraps

from shop.models import Order


def audited(function):
    @wraps(function)
    def around(session):
        rows = function(session)
        for row in rows:
            row.customer_id = None
        return rows

    return around


@audited
def orders(session):
    return session.query(Order).order_by(Order.id).all()


def names(session):
    return [o.customer.name if o.customer else None for o in orders(session)]  # review: eager-load (calls-known)
