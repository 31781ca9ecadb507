"""An iterator in the condition gives its items to the first query, and none to the others."""

from collections.abc import Iterable

from shop.models import Customer, Order


def of_anything(session, numbers):
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        found += (
            session.query(Order)  # review: hoist-lookup (query-invariant)
            .filter(Order.customer_id == customer.id, Order.number.in_(numbers))
            .order_by(Order.id)
            .all()
        )
    return found


def of_an_iterable(session, numbers: Iterable[str]):
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        found += (
            session.query(Order)  # review: hoist-lookup (query-invariant)
            .filter(
                Order.customer_id == customer.id, ~Order.number.in_([n.strip() for n in numbers])
            )
            .order_by(Order.id)
            .all()
        )
    return found


NUMBERS = (number for number in ("2001", "2002"))


def of_one_or_the_other(session, numbers):
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        found += (
            session.query(Order)  # review: hoist-lookup (query-invariant)
            .filter(Order.customer_id == customer.id, Order.number.in_(numbers or []))
            .order_by(Order.id)
            .all()
        )
    return found


def of_what_a_dict_holds(session, wanted: dict):
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        found += (
            session.query(Order)  # review: hoist-lookup (query-invariant)
            .filter(Order.customer_id == customer.id, Order.number.in_(wanted["numbers"]))
            .order_by(Order.id)
            .all()
        )
    return found


def of_the_module(session):
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        found += (
            session.query(Order)  # review: hoist-lookup (query-invariant)
            .filter(Order.customer_id == customer.id, Order.number.in_(NUMBERS))
            .order_by(Order.id)
            .all()
        )
    return found
