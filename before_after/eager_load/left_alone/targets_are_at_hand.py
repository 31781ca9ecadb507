"""The targets have been loaded before, so that lazy loads may send nothing."""

from shop.models import Category, Customer, Order, Review


def queried(session):
    by_id = {customer.id: customer for customer in session.query(Customer)}
    orders = session.query(Order).order_by(Order.id).all()
    return len(by_id), [order.customer for order in orders]  # review: eager-load (not-loaded-already)


def among_themselves(session):
    found = session.query(Category).filter(Category.name != "").all()
    return [category.parent for category in found]  # review: eager-load (not-loaded-already)


def earlier_round(session):
    found = []
    for customer in session.query(Customer).order_by(Customer.id):
        for order in session.query(Order).filter(Order.customer_id == customer.id):
            found.append((customer, order.address))  # review: eager-load (not-loaded-already)
    return found


def two_queries(session):
    first = session.query(Order).filter(Order.id < 9).order_by(Order.id).all()
    second = session.query(Order).filter(Order.id > 9).order_by(Order.id).all()
    return [order.customer for order in first + second]  # review: eager-load  # review: eager-load


def read_before(session, review):
    print(review.product)
    first = session.query(Review).filter_by(id=review).one()
    print(first.product)
    reviews = session.query(Review).order_by(Review.id).all()
    return [review.product for review in reviews]  # review: eager-load (not-loaded-already)
