"""The one row of several sums goes on as a whole, or is read in ways that a tuple does not have."""

from shop.models import Customer, Order
from sqlalchemy import func
from sqlalchemy.orm import Session


def handed_on(session: Session) -> list:
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        query = session.query(func.count(Order.id).label("orders"), func.max(Order.placed_on))
        found.append(query.filter(Order.customer_id == customer.id).one())  # found: hoist-lookup
    return found


def by_names_of_tuples(session: Session) -> list:
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        query = session.query(func.count(Order.id).label("count"), func.max(Order.placed_on))
        row = query.filter(Order.customer_id == customer.id).one()  # found: hoist-lookup
        found.append(row.count)
    return found


def by_keys(session: Session) -> list:
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        query = session.query(func.count(Order.id).label("orders"), func.max(Order.placed_on))
        row = query.filter(Order.customer_id == customer.id).one()  # found: hoist-lookup
        found.append((row.orders, row._mapping["orders"]))
    return found


def two_of_one_name(session: Session) -> list:
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        query = session.query(
            func.max(Order.placed_on).label("orders"), func.count(Order.id).label("orders")
        )
        row = query.filter(Order.customer_id == customer.id).one()  # found: hoist-lookup
        found.append(row.orders)
    return found


def used_later(session: Session) -> list:
    row = None
    for customer in session.query(Customer).order_by(Customer.id).all():
        query = session.query(func.count(Order.id).label("orders"), func.max(Order.placed_on))
        row = query.filter(Order.customer_id == customer.id).one()  # found: hoist-lookup
        print(row.orders)
    return [row]


def unpacked_in_part(session: Session) -> list:
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        query = session.query(func.count(Order.id), func.max(Order.placed_on))
        number, *rest = query.filter(Order.customer_id == customer.id).one()  # found: hoist-lookup
        found.append((number, rest))
    return found
