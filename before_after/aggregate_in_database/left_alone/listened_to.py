"""Something runs for each row that is loaded."""

from sqlalchemy import Column, Integer, event
from sqlalchemy.orm import declarative_base

from shop.db import SessionLocal

Base = declarative_base()
loaded = []


class Job(Base):
    __tablename__ = "jobs"

    id = Column(Integer, primary_key=True)
    seconds = Column(Integer, nullable=False)


@event.listens_for(Job, "load")
def on_load(job, context):
    loaded.append(job.id)


def seconds():
    with SessionLocal() as session:
        return sum(job.seconds for job in session.query(Job))  # review: aggregate-in-database (loading-unheard)
