"""All rows of a table in between, which need no query of their own, and those of a join of its own."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()

followers = Table(
    "followers",
    Base.metadata,
    Column("reader_id", ForeignKey("readers.id"), primary_key=True),
    Column("topic_id", ForeignKey("topics.id"), primary_key=True),
)


class Topic(Base):
    __tablename__ = "topics"

    id = Column(Integer, primary_key=True)
    name = Column(String(20))


class Reader(Base):
    __tablename__ = "readers"

    id = Column(Integer, primary_key=True)

    topics = relationship("Topic", secondary=followers, lazy="dynamic", order_by="Topic.id")
    loud = relationship(
        "Note",
        lazy="dynamic",
        primaryjoin="and_(Note.reader_id == Reader.id, Note.text == 'loud')",
        viewonly=True,
    )


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    reader_id = Column(ForeignKey("readers.id"))
    text = Column(String(20))


def topics(session):
    result = {}
    for reader in session.query(Reader).all():
        result[reader.id] = [t.name for t in reader.topics]  # found: dynamic-in-loop (part-asked)
    return result


def loud(session):
    readers = session.query(Reader).all()
    return [reader.loud.count() for reader in readers]  # found: dynamic-in-loop (keys-known-before)
