"""A function in the function sends the query twice, and of the first rows only the number is used."""

from shop.models import Order


def report(session):
    def fetch():
        return session.query(Order).order_by(Order.id).all()

    expected = [order.number for order in fetch()]
    session.commit()
    customers = [order.customer for order in fetch()]  # review: eager-load (callers-agree)
    return expected, customers
