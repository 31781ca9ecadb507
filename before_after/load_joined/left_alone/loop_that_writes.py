"""What is in doubt is for `eager-load` to say: the loop writes the key, or stops early."""

from shop.models import Customer, Order


def handed_over(session, other):
    for order in session.query(Order).join(Order.customer).filter(Customer.vip).all():
        order.customer_id = other
        print(order.customer.name)


def first_named(session):
    for order in session.query(Order).join(Order.customer).filter(Customer.vip).all():
        if order.total is None:
            return None
        print(order.customer.name)
    return None


def committed(session):
    for order in session.query(Order).join(Order.customer).filter(Customer.vip).all():
        print(order.customer.name)
        session.commit()
