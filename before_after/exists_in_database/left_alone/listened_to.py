"""Something runs for each row that is loaded."""

from sqlalchemy import Column, Integer, event
from sqlalchemy.orm import declarative_base

Base = declarative_base()
loaded = []


class Job(Base):
    __tablename__ = "jobs"

    id = Column(Integer, primary_key=True)


@event.listens_for(Job, "load")
def on_load(job, context):
    loaded.append(job.id)


def any_job(session):
    return bool(session.query(Job).all())  # review: exists-in-database (loading-unheard)
