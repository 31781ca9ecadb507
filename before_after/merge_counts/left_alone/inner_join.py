"""Dogs without an owner are not found when dogs are loaded, and count all the same."""

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


def flags(session):
    old = session.query(Dog).filter(Dog.age > 9).count()  # found: merge-counts (same-rows)
    young = session.query(Dog).filter(Dog.age < 3).count()
    newborn = session.query(Dog).filter(Dog.age == 0).first() is not None
    return old, young, newborn
