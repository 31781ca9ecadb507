"""More than the key of the related row is read, or it is not what the foreign key holds."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

from shop.models import OrderLine, Payment

Base = declarative_base()


class Ship(Base):
    __tablename__ = "ships"

    id = Column(Integer, primary_key=True)
    code = Column(String(10), nullable=False, unique=True)


class Voyage(Base):
    __tablename__ = "voyages"

    id = Column(Integer, primary_key=True)
    ship_code = Column(ForeignKey("ships.code"), nullable=False)
    former_id = Column(ForeignKey("ships.id"), nullable=False)
    ship = relationship("Ship", foreign_keys=[ship_code])
    former = relationship(
        "Ship", foreign_keys=[former_id], primaryjoin="Ship.id == Voyage.former_id + 1"
    )


def lines(session):
    return [(line.order.id, line.order.number) for line in session.query(OrderLine)]


def payments(session):
    found = []
    for payment in session.query(Payment):
        if payment.order:
            found.append(payment.order.id)
    return found


def voyages(session):
    return [(voyage.ship.id, voyage.former.id) for voyage in session.query(Voyage)]


def written(session, number):
    for line in session.query(OrderLine):
        line.order.id = number
