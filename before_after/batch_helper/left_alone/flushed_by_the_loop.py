"""The session flushes only where it is told to: later calls find what waited for it."""

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from shop.models import Customer

Session = sessionmaker(create_engine("sqlite://"), autoflush=False)


def number_of(session, number):
    return session.query(Customer).filter(Customer.id == number).count()


def numbers(customers: list[int]):
    session = Session()
    session.add(Customer(id=77, name="New"))
    found = []
    for number in customers:
        found.append(number_of(session, number))  # review: batch-helper (flushes-alike)
        session.flush()
    return found
