"""Conditions, joins and subqueries that name tables which the relationship goes through, and the
join would bring in; and rows that DISTINCT leaves out."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, exists, func, select
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()

followers = Table(
    "followers",
    Base.metadata,
    Column("topic_id", ForeignKey("topics.id")),
    Column("reader_id", ForeignKey("readers.id")),
    Column("since", Integer),
)


class Topic(Base):
    __tablename__ = "topics"

    id = Column(Integer, primary_key=True)
    name = Column(String(20))
    owner_id = Column(Integer)

    readers = relationship("Reader", secondary=followers, lazy="dynamic", backref="topics")


class Reader(Base):
    __tablename__ = "readers"

    id = Column(Integer, primary_key=True)


def different(session):
    topics = session.query(Topic).all()
    return [topic.readers.distinct().count() for topic in topics]  # found: dynamic-in-loop (conditions-apart)


def for_long(session, year):
    result = []
    for topic in session.query(Topic).all():
        result.append(topic.readers.filter(followers.c.since < year).count())  # found: dynamic-in-loop (conditions-apart)
    return result


def of_news(session):
    result = []
    for topic in session.query(Topic).all():
        result.append(topic.readers.join(Reader.topics).filter_by(name="news").count())  # found: dynamic-in-loop (conditions-apart)
    return result


def owners(session):
    owner = exists().where(Topic.owner_id == Reader.id)
    result = []
    for topic in session.query(Topic).all():
        result.append(topic.readers.filter(owner).count())  # found: dynamic-in-loop (conditions-apart)
    return result


def late(session):
    last = select(func.max(Topic.owner_id)).scalar_subquery()
    result = []
    for topic in session.query(Topic).all():
        result.append(topic.readers.filter(Reader.id > last).count())  # found: dynamic-in-loop (conditions-apart)
    return result
