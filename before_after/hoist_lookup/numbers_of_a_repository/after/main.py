"""What a repository makes of a number or a row is made of what was fetched for all."""

from sqlalchemy import func, select

from repository import Repository

from shop.models import Address, Customer, Order, Review


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def orders_of_vips(session):
    orders = Repository(Order, session)
    numbers = []
    customers = session.query(Customer).order_by(Customer.id).all()
    order_counts = {}
    for customer_ids in _chunks(customer.id for customer in customers if customer.vip):
        for customer_id, count in orders.session.execute(
            select(Order.customer_id, func.count())
            .where(Order.customer_id.in_(customer_ids))
            .group_by(Order.customer_id)
        ):
            order_counts[customer_id] = count
    for customer in customers:
        if customer.vip:
            numbers.append((customer.name, order_counts.get(customer.id, 0) + 1))
    return numbers


def silent(session):
    reviews = Repository(Review, session)
    customers = session.query(Customer).order_by(Customer.id).all()
    review_counts = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        for customer_id, count in reviews.session.execute(
            select(Review.customer_id, func.count())
            .where(Review.customer_id.in_(customer_ids))
            .group_by(Review.customer_id)
        ):
            review_counts[customer_id] = count
    return [customer.name for customer in customers if not review_counts.get(customer.id, 0) > 0]


def reachable(session):
    addresses = Repository(Address, session)
    found = {}
    customers = session.query(Customer).order_by(Customer.id).all()
    known_customer_ids = set()
    for customer_ids in _chunks(customer.id for customer in customers):
        known_customer_ids.update(
            customer_id
            for (customer_id,) in addresses.session.query(Address.customer_id)
            .filter(Address.customer_id.in_(customer_ids))
            .distinct()
        )
    for customer in customers:
        found[customer.name] = customer.id in known_customer_ids
    return found
