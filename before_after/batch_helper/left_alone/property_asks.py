"""Nothing can be handed to a property; a method of a row asks with what its own row says."""

from sqlalchemy import Column, ForeignKey, Integer, String, select
from sqlalchemy.orm import declarative_base, object_session

Base = declarative_base()


class Shelf(Base):
    __tablename__ = "shelves"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)

    @property
    def size(self):
        return str(object_session(self).query(Jar).filter(Jar.shelf_id == self.id).count())

    @property
    def first(self):
        return Jar.of_shelf(object_session(self), self.id)

    def jars(self):
        found = select(Jar.name).where(Jar.shelf_id == self.id).order_by(Jar.id)
        return sorted(object_session(self).execute(found).scalars().all())

    def as_dict(self):
        return {"name": self.name, "size": self.size}

    @property
    def jars_of_all(self):
        return object_session(self).query(Jar).count()


class Jar(Base):
    __tablename__ = "jars"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)
    shelf_id = Column(ForeignKey("shelves.id"))

    @classmethod
    def of_shelf(cls, session, shelf_id):
        return session.query(cls).filter(cls.shelf_id == shelf_id).order_by(cls.id).first()


def sizes(session):
    shelves = session.query(Shelf).order_by(Shelf.id).all()
    return [shelf.size for shelf in shelves]  # found: batch-helper (takes-a-parameter)


def firsts(session):
    found = {}
    for shelf in session.query(Shelf).order_by(Shelf.id):
        found[shelf.id] = shelf.first  # found: batch-helper (takes-a-parameter)
    return found


def names(session):
    shelves = session.execute(select(Shelf)).scalars().all()
    return {shelf.name: shelf.jars() for shelf in shelves}  # found: batch-helper


def rendered(session):
    return [shelf.as_dict() for shelf in session.query(Shelf)]  # found: batch-helper


def one(session):
    shelf = session.query(Shelf).order_by(Shelf.id).first()
    return [shelf.size for _ in range(2)] if shelf else []


def counted(session):
    return [shelf.jars_of_all for shelf in session.query(Shelf)]
