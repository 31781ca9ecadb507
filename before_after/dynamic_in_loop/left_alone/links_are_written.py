"""The table in between may be written by a class that is mapped to it, which nobody sees here."""

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


class Following(Base):
    __table__ = followers
    __mapper_args__ = {"primary_key": [followers.c.topic_id, followers.c.reader_id]}


def follow(session, reader_id):
    for topic in session.query(Topic).order_by(Topic.id).all():
        if topic.readers.count() < 10:  # review: dynamic-in-loop (links-not-written)
            session.add(Following(topic_id=topic.id, reader_id=reader_id))


class Member(Base):
    __tablename__ = "members"

    id = Column(Integer, primary_key=True)
    teams = relationship("Member", secondary="member_members", lazy="dynamic", viewonly=True)


def of_themselves(session):
    members = session.query(Member).all()
    return [member.teams.count() for member in members]  # found: dynamic-in-loop (keys-known-before)
