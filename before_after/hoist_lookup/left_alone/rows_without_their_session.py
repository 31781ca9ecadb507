"""A property asks the session of its row: the one that fetched it has been replaced, or the row has
none any more."""

from sqlalchemy import Column, ForeignKey, Integer, delete
from sqlalchemy.orm import Session, declarative_base, object_session

Base = declarative_base()


class Shelf(Base):
    __tablename__ = "shelves"

    id = Column(Integer, primary_key=True)

    @property
    def size(self) -> int:
        return object_session(self).query(Jar).filter(Jar.shelf_id == self.id).count()


class Jar(Base):
    __tablename__ = "jars"

    id = Column(Integer, primary_key=True)
    shelf_id = Column(ForeignKey("shelves.id"))


class Store:
    def __init__(self, session: Session) -> None:
        self.session = session

    def shelves(self) -> list[Shelf]:
        return self.session.query(Shelf).order_by(Shelf.id).all()

    def reopen(self) -> None:
        self.session = Session(self.session.get_bind())


def sizes(session: Session) -> list[int]:
    store = Store(session)
    shelves = store.shelves()
    store.reopen()
    return [shelf.size for shelf in shelves]


def sizes_of_deleted(session: Session) -> list[int]:
    shelves = session.query(Shelf).order_by(Shelf.id).all()
    session.execute(delete(Shelf).where(Shelf.id > 1))
    session.commit()
    return [shelf.size for shelf in shelves]
