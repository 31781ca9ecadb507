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


def first_jobs(session):
    return session.query(Job).order_by(Job.id).all()[:3]  # review: filter-in-database (loading-unheard)
