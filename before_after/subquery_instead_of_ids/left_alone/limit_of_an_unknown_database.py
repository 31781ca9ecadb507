"""MySQL and Oracle take no LIMIT in such a subquery, and the database of the project is not known."""

# pyproject: database = []

from shop.models import Customer, Order


def of_the_first_ten(session):
    ids = [row.id for row in session.query(Customer).order_by(Customer.id).limit(10)]  # review: subquery-instead-of-ids (database-takes-it)
    return session.query(Order).filter(Order.customer_id.in_(ids)).all()
