"""A setting says how the relationship is loaded: an inner join would leave out rows."""

import settings
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship

from shop.models import Base


class Refund(Base):
    __tablename__ = "refunds"

    id = Column(Integer, primary_key=True)
    order_id = Column(ForeignKey("orders.id"))

    order = relationship("Order", lazy=settings.LOADING, innerjoin=True)


def count(session):
    return len(session.query(Refund).all())  # review: count-in-database (same-rows)
