"""MySQL gives each foreign key an index of its own, and long texts none without a length."""

# pyproject: database = ["mysql"]

from sqlalchemy import Column, Enum, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Owner(Base):
    __tablename__ = "owners"

    id = Column(Integer, primary_key=True)


class Pet(Base):
    __tablename__ = "pets"

    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("owners.id"))
    address = Column(String(2000))
    kind = Column(Enum("cat", "dog"))  # review: add-index (migrated)
    name = Column(String(50))  # review: add-index (migrated)


def asked(session, value):
    return [
        session.query(Pet).filter(Pet.address == value).all(),
        session.query(Pet).filter(Pet.kind == value).all(),
        session.query(Pet).filter(Pet.name == value).all(),
    ]
