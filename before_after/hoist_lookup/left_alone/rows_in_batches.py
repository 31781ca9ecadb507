"""The rows of the loop come in batches, as there are too many of them to be held at once."""

from sqlalchemy import select

from shop.models import Customer, Order


def of_a_query(session):
    for order in session.query(Order).order_by(Order.id).yield_per(1000):
        customer = session.query(Customer).filter(Customer.id == order.customer_id).first()  # found: hoist-lookup (items-repeatable)
        print(order.number, customer.name if customer else "")


def of_a_result(session):
    for order in session.scalars(select(Order).order_by(Order.id)).yield_per(1000):
        customer = session.scalar(select(Customer).where(Customer.id == order.customer_id))  # found: hoist-lookup (items-repeatable)
        print(order.number, customer.name if customer else "")


def of_an_option(session):
    orders = select(Order).order_by(Order.id).execution_options(yield_per=1000)
    for order in session.scalars(orders):
        customer = session.scalar(select(Customer).where(Customer.id == order.customer_id))  # found: hoist-lookup (items-repeatable)
        print(order.number, customer.name if customer else "")


def of_the_call(session):
    orders = select(Order).order_by(Order.id)
    for order in session.scalars(orders, execution_options={"yield_per": 1000}):
        customer = session.scalar(select(Customer).where(Customer.id == order.customer_id))  # found: hoist-lookup (items-repeatable)
        print(order.number, customer.name if customer else "")


def by_parts(session):
    for orders in session.scalars(select(Order).order_by(Order.id)).partitions(1000):
        for order in orders:
            customer = session.scalar(select(Customer).where(Customer.id == order.customer_id))
            print(order.number, customer.name if customer else "")
