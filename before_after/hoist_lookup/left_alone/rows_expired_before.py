"""Orders that a commit has expired are loaded anew by the lookups, and one by one without them."""

from shop.models import Customer, Order


def numbers(session):
    orders = session.query(Order).order_by(Order.id).all()
    session.commit()
    counts = []
    for customer in session.query(Customer).order_by(Customer.id):
        counts.append(len(session.query(Order).filter(Order.customer_id == customer.id).all()))  # review: hoist-lookup (rows-stay-loaded)
    return counts, [order.number for order in orders]


def counts_of(session, customers):
    found = {}
    for customer in customers:
        found[customer.id] = len(session.query(Order).filter(Order.customer_id == customer.id).all())  # review: hoist-lookup (rows-stay-loaded)
    return found


def counted_behind_a_commit(session):
    orders = session.query(Order).order_by(Order.id).all()
    session.commit()
    customers = session.query(Customer).order_by(Customer.id).all()
    return counts_of(session, customers), [order.number for order in orders]
