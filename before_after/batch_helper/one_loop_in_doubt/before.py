"""Two loops can fetch before they begin for certain, and two only perhaps, as they may be left."""

from shop.models import Customer, Order


def orders_of(session, customer: Customer) -> int:
    return session.query(Order).filter(Order.customer_id == customer.id).count()


def board(session):
    customers = session.query(Customer).order_by(Customer.id).all()
    return [(customer.name, orders_of(session, customer)) for customer in customers]


def report(session, limit):
    lines, first = [], None
    for customer in session.query(Customer).order_by(Customer.id).all():
        lines.append(f"{customer.name}: {orders_of(session, customer)}")
    for customer in session.query(Customer).order_by(Customer.name, Customer.id).all():
        if orders_of(session, customer) > limit:
            first = customer.name
            break
    return lines, first


def is_busy(session, limit):
    for customer in session.query(Customer).order_by(Customer.id).all():
        if orders_of(session, customer) > limit:
            return True
    return False


def lone(session, customer):
    return orders_of(session, customer)
