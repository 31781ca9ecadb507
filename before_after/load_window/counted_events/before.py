"""Numbers of the events of each job, which an option loads whole to count them."""

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, select
from sqlalchemy.orm import declarative_base, relationship, selectinload

Base = declarative_base()


class Job(Base):
    __tablename__ = "jobs"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)

    events = relationship("Event", back_populates="job")


class Event(Base):
    __tablename__ = "events"

    id = Column(Integer, primary_key=True)
    job_id = Column(ForeignKey("jobs.id"), nullable=False, index=True)
    at = Column(DateTime, nullable=False)
    failed = Column(Boolean, nullable=False)
    seconds = Column(Integer, nullable=False)

    job = relationship("Job", back_populates="events")


async def numbers(session, names):
    asked = select(Job).options(selectinload(Job.events)).where(Job.name.in_(names))
    found = await session.execute(asked.order_by(Job.id))
    jobs = found.scalars().all()
    return {
        job.name: (
            sum(event.seconds for event in job.events),
            sum(1 for event in job.events if event.failed),
            max((event.at for event in job.events), default=None),
        )
        for job in jobs
    }
