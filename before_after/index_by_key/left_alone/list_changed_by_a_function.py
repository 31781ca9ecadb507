"""A function that the loop calls takes rows out of the list that is searched."""

from shop.models import Customer, Order


def drop_first(orders):
    orders.pop(0)


def by_a_function(session):
    orders = session.query(Order).order_by(Order.id).all()
    found = []
    for customer in session.query(Customer).order_by(Customer.id):
        found.append([order.id for order in orders if order.customer_id == customer.id])  # review: index-by-key (rows-unchanged)
        drop_first(orders)
    return found


def by_a_function_inside(session):
    orders = session.query(Order).order_by(Order.id).all()
    found = []

    def drop_last():
        orders.pop()

    for customer in session.query(Customer).order_by(Customer.id):
        found.append([order.id for order in orders if order.customer_id == customer.id])  # review: index-by-key (rows-unchanged)
        drop_last()
    return found
