"""A tuple of two values says which column is which only where the order of the key is known."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint
from sqlalchemy.orm import Session

from shop.models import Base


class Bin(Base):
    __tablename__ = "bins"
    __table_args__ = (PrimaryKeyConstraint("shelf", "aisle"),)

    aisle = Column(Integer)
    shelf = Column(Integer)
    height = Column(Integer, nullable=False)


class Numbered:
    year = Column(Integer, primary_key=True)


class Delivery(Numbered, Base):
    __tablename__ = "deliveries"

    number = Column(Integer, primary_key=True)
    weight = Column(Integer, nullable=False)


def heights(session: Session, places: list[tuple[int, int]]) -> list[int]:
    found = []
    for shelf, aisle in places:
        place = session.get(Bin, (shelf, aisle))  # found: hoist-lookup (keys-known-before)
        found.append(place.height if place is not None else 0)
    return found


def weights(session: Session, numbers: list[int]) -> list[int]:
    found = []
    for number in numbers:
        delivery = session.get(Delivery, (2024, number))  # found: hoist-lookup (keys-known-before)
        found.append(delivery.weight if delivery is not None else 0)
    return found


def heavy(session: Session, pairs: list[tuple[int, int]]) -> list[int]:
    found = []
    for pair in pairs:
        delivery = session.get(Delivery, pair)  # found: hoist-lookup (keys-known-before)
        found.append(delivery.weight if delivery is not None else 0)
    return found
