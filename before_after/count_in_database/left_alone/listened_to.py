"""Something runs for each row that is loaded."""

from sqlalchemy import Column, Integer, String, event
from sqlalchemy.orm import declarative_base, reconstructor

Base = declarative_base()
loaded = []


class Job(Base):
    __tablename__ = "jobs"

    id = Column(Integer, primary_key=True)
    name = Column(String(20))


class Task(Base):
    __tablename__ = "tasks"

    id = Column(Integer, primary_key=True)

    @reconstructor
    def started(self):
        loaded.append(self.id)


@event.listens_for(Job, "load")
def on_load(job, context):
    loaded.append(job.name)


def jobs(session):
    return len(session.query(Job).all())  # review: count-in-database (loading-unheard)


def tasks(session):
    return len(session.query(Task).all())  # found: count-in-database (loading-unheard)
