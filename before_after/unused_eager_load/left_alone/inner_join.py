"""An inner join leaves out the orders without a customer: it is a filter."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, joinedload, relationship

from shop.models import Order

Base = declarative_base()


class Owner(Base):
    __tablename__ = "owners"
    id = Column(Integer, primary_key=True)


class Dog(Base):
    __tablename__ = "dogs"
    id = Column(Integer, primary_key=True)
    name = Column(String(50))
    owner_id = Column(ForeignKey("owners.id"))
    owner = relationship(Owner, innerjoin=True)


def numbers(session):
    orders = session.query(Order).options(
        joinedload(Order.customer, innerjoin=True)  # found: unused-eager-load (same-rows)
    )
    return [order.number for order in orders]


def names(session):
    dogs = session.query(Dog).options(
        joinedload(Dog.owner)  # found: unused-eager-load (same-rows)
    )
    return [dog.name for dog in dogs]
