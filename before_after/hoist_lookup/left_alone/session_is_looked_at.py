"""The function looks at what the session has loaded, which would be more, or at what waits there for a flush."""

from shop.models import Customer, Order


def loaded(session):
    for order in session.query(Order).order_by(Order.id):
        session.query(Customer).filter(Customer.id == order.customer_id).first()  # review: hoist-lookup (loading-unseen)
    return [type(each).__name__ for each in session]


def waiting(session):
    for order in session.query(Order).order_by(Order.id).all():
        order.total = 0
        session.query(Customer).filter(Customer.id == order.customer_id).first()  # review: hoist-lookup (loading-unseen)
        print(len(session.dirty))
    session.commit()
