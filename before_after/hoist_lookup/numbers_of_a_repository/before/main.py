"""What a repository makes of a number or a row is made of what was fetched for all."""

from repository import Repository

from shop.models import Address, Customer, Order, Review


def orders_of_vips(session):
    orders = Repository(Order, session)
    numbers = []
    for customer in session.query(Customer).order_by(Customer.id):
        if customer.vip:
            numbers.append((customer.name, orders.count(customer_id=customer.id) + 1))
    return numbers


def silent(session):
    reviews = Repository(Review, session)
    customers = session.query(Customer).order_by(Customer.id).all()
    return [customer.name for customer in customers if not reviews.exists(customer_id=customer.id)]


def reachable(session):
    addresses = Repository(Address, session)
    found = {}
    for customer in session.query(Customer).order_by(Customer.id):
        found[customer.name] = addresses.has(customer_id=customer.id)
    return found
