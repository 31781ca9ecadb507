"""Dogs that belong to no club are not found when dogs are loaded, and count all the same."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Club(Base):
    __tablename__ = "clubs"
    id = Column(Integer, primary_key=True)


class Owner(Base):
    __tablename__ = "owners"
    id = Column(Integer, primary_key=True)
    dogs = relationship("Dog", lazy="dynamic")


class Dog(Base):
    __tablename__ = "dogs"
    id = Column(Integer, primary_key=True)
    age = Column(Integer)
    owner_id = Column(ForeignKey("owners.id"))
    club_id = Column(ForeignKey("clubs.id"))
    club = relationship(Club, lazy="joined", innerjoin=True)


def with_puppies(session):
    found = []
    for owner in session.query(Owner).order_by(Owner.id):
        puppy = owner.dogs.filter(Dog.age == 0).first()  # found: dynamic-in-loop (same-rows)
        found.append(puppy is not None)
    return found
