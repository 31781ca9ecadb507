"""An eager load by an inner join leaves out orders without a customer; a count has them."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, joinedload, relationship

from shop.models import Order

Base = declarative_base()


class Owner(Base):
    __tablename__ = "owners"
    id = Column(Integer, primary_key=True)


class Dog(Base):
    __tablename__ = "dogs"
    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("owners.id"))
    owner = relationship(Owner, innerjoin=True)


def with_customer(session):
    orders = session.query(Order).options(joinedload(Order.customer, innerjoin=True))
    return len(orders.all())  # found: count-in-database (same-rows)


def with_options(session, options):
    return len(session.query(Order).options(*options).all())  # review: count-in-database (same-rows)


def as_declared(session):
    dogs = session.query(Dog).options(joinedload(Dog.owner))
    return len(dogs.all())  # found: count-in-database (same-rows)
