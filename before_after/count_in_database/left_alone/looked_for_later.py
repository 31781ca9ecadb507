"""What comes later finds the rows in the session: a many-to-one, an unknown function."""

from shop.models import Customer, Order


def customers_of(session, numbers):
    customers = session.query(Customer).all()
    total = len(customers)  # review: count-in-database (not-needed-later)
    orders = session.query(Order).filter(Order.number.in_(numbers))
    return total, [order.customer.name for order in orders if order.customer]


def shown(session, show):
    customers = session.query(Customer).all()
    total = len(customers)  # review: count-in-database (not-needed-later)
    show(session)
    return total


def after_commit(session, customer_id):
    customer = session.get(Customer, customer_id)
    customer.name = "Ann"
    session.commit()
    # loads the customer again, with the others
    total = len(session.query(Customer).all())  # review: count-in-database (not-needed-later)
    return total, customer.name


def written(session, names):
    customers = session.query(Customer).all()
    total = len(customers)  # review: count-in-database (not-needed-later)
    session.query(Customer).update({"name": "Ann"}, synchronize_session=False)
    return total, [c.name for c in session.query(Customer).filter(Customer.email.in_(names))]


def merged(session, customer):
    customers = session.query(Customer).all()
    total = len(customers)  # review: count-in-database (not-needed-later)
    session.merge(customer)
    return total
