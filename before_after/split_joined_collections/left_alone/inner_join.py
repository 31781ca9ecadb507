"""An inner join leaves out the orders that have no payment; without it they come back."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, joinedload, relationship

from shop.models import Order

Base = declarative_base()


class Owner(Base):
    __tablename__ = "owners"
    id = Column(Integer, primary_key=True)
    dogs = relationship("Dog", innerjoin=True)
    cats = relationship("Cat")


class Dog(Base):
    __tablename__ = "dogs"
    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("owners.id"))


class Cat(Base):
    __tablename__ = "cats"
    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("owners.id"))


def paid(session):
    query = session.query(Order).options(
        joinedload(Order.lines),  # found: split-joined-collections (outer-join)
        joinedload(Order.payments, innerjoin=True),
    )
    return query.all()


def owners_of_dogs(session):
    query = session.query(Owner).options(
        joinedload(Owner.dogs),  # found: split-joined-collections (outer-join)
        joinedload(Owner.cats),
    )
    return query.all()
