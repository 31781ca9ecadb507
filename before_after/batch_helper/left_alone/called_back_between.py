"""Between its queries the helper calls what it is handed: a quiet function in the loop, and
one that writes where nobody loops."""

from collections.abc import Callable
from typing import Any

from shop.models import Customer, Order, Review


def activity(session, customer: Customer, done: Callable[..., Any]) -> tuple[int, int]:
    orders = session.query(Order).filter(Order.customer_id == customer.id).count()
    done(session, customer)
    reviews = session.query(Review).filter(Review.customer_id == customer.id).count()
    return orders, reviews


def nothing(session, customer: Customer) -> None:
    pass


def all_activity(session) -> list[tuple[int, int]]:
    customers = session.query(Customer).order_by(Customer.id).all()
    return [activity(session, each, nothing) for each in customers]  # review: batch-helper (calls-known)


def praise(session, customer: Customer) -> None:
    session.add(Review(customer_id=customer.id, product_id=1, rating=5))


def activity_of_the_first(session) -> tuple[int, int]:
    customer = session.query(Customer).order_by(Customer.id).first()
    return activity(session, customer, praise)
