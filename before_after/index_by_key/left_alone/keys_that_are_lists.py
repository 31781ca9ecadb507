"""The rows are compared by what a JSON column holds: a list is equal to another, and no dict's key."""

from sqlalchemy import JSON, Column, ForeignKey, Integer

from shop.models import Base


class Parcel(Base):
    __tablename__ = "parcels"

    id = Column(Integer, primary_key=True)
    order_id = Column(ForeignKey("orders.id"), nullable=False)
    measures = Column(JSON, nullable=False)


class Carton(Base):
    __tablename__ = "cartons"

    id = Column(Integer, primary_key=True)
    measures = Column(JSON, nullable=False)


def fitting(session):
    parcels = session.query(Parcel).order_by(Parcel.id).all()
    cartons = session.query(Carton).order_by(Carton.id).all()
    found = {}
    for parcel in parcels:
        found[parcel.id] = [c.id for c in cartons if c.measures == parcel.measures]  # found: index-by-key (keys-equal)
    return found
