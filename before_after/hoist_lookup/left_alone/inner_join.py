"""Dogs without an owner are not found when dogs are loaded, and have ages all the same."""

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


def numbers(session, ages: list[int]):
    found = {}
    for age in ages:
        dogs = session.query(Dog).filter(Dog.age == age).all()  # found: hoist-lookup (same-rows)
        found[age] = len(dogs)
    return found


def ages_that_occur(session, ages: list[int]):
    found = []
    for age in ages:
        if session.query(Dog).filter(Dog.age == age).first():  # found: hoist-lookup (same-rows)
            found.append(age)
    return found
