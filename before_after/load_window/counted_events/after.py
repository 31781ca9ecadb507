"""Numbers of the events of each job, which an option loads whole to count them."""

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, func, select
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


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
    asked = select(Job).where(Job.name.in_(names))
    found = await session.execute(asked.order_by(Job.id))
    jobs = found.scalars().all()
    event_totals = {}
    for job_ids in _chunks(job.id for job in jobs):
        for job_id, total_second in await session.execute(
            select(Event.job_id, func.sum(Event.seconds))
            .where(Event.job_id.in_(job_ids))
            .group_by(Event.job_id)
        ):
            event_totals[job_id] = total_second
    event_counts = {}
    for job_ids in _chunks(job.id for job in jobs):
        for job_id, count in await session.execute(
            select(Event.job_id, func.count())
            .where(Event.job_id.in_(job_ids), Event.failed.is_(True))
            .group_by(Event.job_id)
        ):
            event_counts[job_id] = count
    max_at_by_job_id = {}
    for job_ids in _chunks(job.id for job in jobs):
        for job_id, at in await session.execute(
            select(Event.job_id, func.max(Event.at).label("at"))
            .where(Event.job_id.in_(job_ids))
            .group_by(Event.job_id)
        ):
            max_at_by_job_id[job_id] = at
    return {
        job.name: (
            event_totals.get(job.id, 0),
            event_counts.get(job.id, 0),
            max_at_by_job_id.get(job.id),
        )
        for job in jobs
    }
