"""A dog without an owner is not found when dogs are loaded, and has an age all the same."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Owner(Base):
    __tablename__ = "owners"
    id = Column(Integer, primary_key=True)
    name = Column(String(50))
    pets = relationship("Dog", back_populates="owner")


class Dog(Base):
    __tablename__ = "dogs"
    id = Column(Integer, primary_key=True)
    age = Column(Integer)
    owner_id = Column(ForeignKey("owners.id"))
    owner = relationship(Owner, back_populates="pets", lazy="joined", innerjoin=True)


def occurs(session, age: int) -> bool:
    if session.query(Dog).filter(Dog.age == age).first() is None:
        return False
    return True


def all_of(session, ages: list[int]):
    return [occurs(session, age) for age in ages]  # found: batch-helper (same-rows)
