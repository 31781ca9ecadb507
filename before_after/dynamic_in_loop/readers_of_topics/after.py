"""The readers of topics are counted, through a table that may name one twice."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, func
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()

followers = Table(
    "followers",
    Base.metadata,
    Column("topic_id", ForeignKey("topics.id")),
    Column("reader_id", ForeignKey("readers.id")),
)


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


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
    topics = session.query(Topic).order_by(Topic.id).all()
    reader_counts = {}
    for ids in _chunks(topic.id for topic in topics):
        for key, count in (
            session.query(Topic.id, func.count())
            .select_from(Topic)
            .join(Topic.readers)
            .filter(Topic.id.in_(ids))
            .group_by(Topic.id)
        ):
            reader_counts[key] = count
    reader_counts_by_id = {}
    for ids in _chunks(topic.id for topic in topics):
        for topic_id, value in (
            session.query(Topic.id, func.count())
            .select_from(Topic)
            .join(Topic.readers)
            .filter(Topic.id.in_(ids))
            .filter(Reader.active.is_(False))
            .group_by(Topic.id)
        ):
            reader_counts_by_id[topic_id] = value
    known_ids = set()
    for ids in _chunks(topic.id for topic in topics):
        known_ids.update(
            id_2
            for (id_2,) in session.query(Topic.id)
            .select_from(Topic)
            .join(Topic.readers)
            .filter(Topic.id.in_(ids))
            .filter_by(name="anna")
            .distinct()
        )
    for topic in topics:
        number = reader_counts.get(topic.id, 0)
        idle = reader_counts_by_id.get(topic.id, 0)
        if topic.id not in known_ids and number < least:
            continue
        result.append((topic.name, number, idle))
    return result
