"""The project's queries delete in a way of their own."""

from sqlalchemy import Boolean, Column, Integer
from sqlalchemy.orm import Query, declarative_base, scoped_session, sessionmaker

session = scoped_session(sessionmaker())


class Hiding(Query):
    def delete(self, synchronize_session="evaluate"):
        return self.update({"hidden": True}, synchronize_session)


class Base(declarative_base()):
    __abstract__ = True
    query = session.query_property(Hiding)


class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    done = Column(Boolean, nullable=False)
    hidden = Column(Boolean, nullable=False)


def forget():
    for note in Note.query.filter_by(done=True).all():  # found: bulk-delete (plain-query)
        session.delete(note)
