"""The keys have types of a package, and nothing says that the database compares the two."""

from company.types import Ulid
from sqlalchemy import Column, ForeignKey, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customers"

    id = Column(Ulid, primary_key=True)
    city = Column(String(50), nullable=False)


class Order(Base):
    __tablename__ = "orders"

    id = Column(Ulid, primary_key=True)
    customer_id = Column(Ulid, ForeignKey("customers.id"))


def of_a_city(session, city):
    ids = [row.id for row in session.query(Customer).filter(Customer.city == city)]  # review: subquery-instead-of-ids (same-kind)
    return session.query(Order).filter(Order.customer_id.in_(ids)).all()
