"""The query asks with the variable that the loop adds up, or rows of a class below give a number
of their own."""

from sqlalchemy import Column, Integer, String

from shop.models import Base, OrderLine


class Mark(Base):
    __tablename__ = "marks"

    id = Column(Integer, primary_key=True)
    kind = Column(String(10), nullable=False)
    weight = Column(Integer, nullable=False)
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "plain"}


class FixedMark(Mark):
    __mapper_args__ = {"polymorphic_identity": "fixed"}

    @property
    def weight(self):
        return 100


def more_than_none(session):
    total = 0
    for line in session.query(OrderLine).filter(OrderLine.quantity > total):
        total += line.quantity
    return total


def total_weight(session):
    total = 0
    for mark in session.query(Mark):
        total += mark.weight
    return total
