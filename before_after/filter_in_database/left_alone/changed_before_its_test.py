"""What is made of one row changes others, which are tested after that."""

from shop.models import Customer, Order


def passed_on(order):
    for later in order.customer.orders:
        later.address_id = order.id
    return order.number


def numbers_passed_on(session):
    orders = session.query(Order).order_by(Order.id).all()
    return [passed_on(order) for order in orders if order.address_id is None]  # review: filter-in-database (same-value)


def moved(session, customer):
    for referred in session.query(Customer).filter(Customer.id > customer.id):
        referred.referrer_id = customer.id
    return customer.name


def first_of_each_line(session):
    customers = session.query(Customer)
    return {moved(session, customer) for customer in customers if customer.referrer_id is None}  # review: filter-in-database (same-value)
