"""A column of a mixin, which other tables have too: this table alone gets the index."""

from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Timed:
    made_at = Column(DateTime, nullable=False)


class Order(Timed, Base):  # review: add-index (migrated)
    __tablename__ = "orders"

    id = Column(Integer, primary_key=True)


class Invoice(Timed, Base):
    __tablename__ = "invoices"

    id = Column(Integer, primary_key=True)


def latest(session):
    return session.query(Order).order_by(Order.made_at.desc()).limit(10).all()
