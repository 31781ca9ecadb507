"""A listener writes what the query reads, whenever the loop's own rows are written."""

from sqlalchemy import Column, Integer, String, event
from sqlalchemy.orm import declarative_base

from shop.models import Order

Base = declarative_base()


class Change(Base):
    __tablename__ = "changes"

    id = Column(Integer, primary_key=True)
    what = Column(String(20))


class Job(Base):
    __tablename__ = "jobs"

    id = Column(Integer, primary_key=True)
    number = Column(Integer)


@event.listens_for(Job, "after_insert")
def on_insert(mapper, connection, job):
    connection.execute(Change.__table__.insert().values(what="job"))


def changes(session):
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        found.append(session.query(Change).count())  # review: hoist-invariant (table-not-written)
        session.add(Job(number=order.id))
    return found
