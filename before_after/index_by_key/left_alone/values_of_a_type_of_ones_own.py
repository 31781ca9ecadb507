"""The values of the column are what a type of the project makes of them, and may have no hash."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.types import TypeDecorator

from shop.models import Base


class Point:
    def __init__(self, text):
        self.x, self.y = map(float, text.split(","))

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)


class PointType(TypeDecorator):
    impl = String
    cache_ok = True

    def process_result_value(self, value, dialect):
        return Point(value) if value is not None else None


class Depot(Base):
    __tablename__ = "depots"

    id = Column(Integer, primary_key=True)
    place = Column(PointType(50), nullable=False)


class Delivery(Base):
    __tablename__ = "deliveries"

    id = Column(Integer, primary_key=True)
    order_id = Column(ForeignKey("orders.id"), nullable=False)
    place = Column(PointType(50), nullable=False)


def collected(session):
    deliveries = session.query(Delivery).order_by(Delivery.id).all()
    depots = session.query(Depot).order_by(Depot.id).all()
    found = {}
    for delivery in deliveries:
        found[delivery.id] = [depot.id for depot in depots if depot.place == delivery.place]  # review: index-by-key (keys-equal)
    return found
