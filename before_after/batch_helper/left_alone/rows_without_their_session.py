"""A property asks by the session of its row, which may be another one for the loop's rows, or none."""

from sqlalchemy import Column, ForeignKey, Integer, String, create_engine
from sqlalchemy.orm import Session, declarative_base, object_session, sessionmaker

Base = declarative_base()
SessionLocal = sessionmaker(create_engine("sqlite://"))


class Shelf(Base):
    __tablename__ = "shelves"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "shelf"}

    id = Column(Integer, primary_key=True)
    kind = Column(String(20), nullable=False)

    @property
    def size(self) -> int:
        return object_session(self).query(Jar).filter(Jar.shelf_id == self.id).count()

    def number_of_jars(self, session: Session) -> int:
        return session.query(Jar).filter(Jar.shelf_id == self.id).count()


class Cupboard(Shelf):
    __mapper_args__ = {"polymorphic_identity": "cupboard"}

    def number_of_jars(self, session: Session) -> int:
        return 0


class Jar(Base):
    __tablename__ = "jars"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)
    shelf_id = Column(ForeignKey("shelves.id"), nullable=False)


def closed() -> list[int]:
    with SessionLocal() as session:
        shelves = session.query(Shelf).order_by(Shelf.id).all()
    return [shelf.size for shelf in shelves]  # found: batch-helper (takes-a-parameter)


def expunged(session: Session) -> list[int]:
    shelves = session.query(Shelf).order_by(Shelf.id).all()
    session.expunge_all()
    return [shelf.size for shelf in shelves]  # found: batch-helper (takes-a-parameter)


def expunged_one_by_one(session: Session) -> list[int]:
    sizes = []
    for shelf in session.query(Shelf).order_by(Shelf.id).all():
        session.expunge(shelf)
        sizes.append(shelf.size)  # found: batch-helper (takes-a-parameter)
    return sizes


def of_two_sessions(one: Session, other: Session) -> list[int]:
    shelves = one.query(Shelf).order_by(Shelf.id).all() + other.query(Shelf).all()
    return [shelf.size for shelf in shelves]  # found: batch-helper (takes-a-parameter)


def under_another_name(session: Session, other: Session) -> list[int]:
    shelves = session.query(Shelf).order_by(Shelf.id).all()
    session = other
    sizes = [shelf.size for shelf in shelves]  # found: batch-helper (takes-a-parameter)
    return [*sizes, session.query(Jar).count()]


def perhaps_none(session: Session) -> list[int]:
    found = session.query(Jar, Shelf).outerjoin(Shelf, Jar.shelf_id == Shelf.id)
    return [shelf.size for _, shelf in found]  # found: batch-helper (takes-a-parameter)


def overridden(session: Session) -> list[int]:
    shelves = session.query(Shelf).order_by(Shelf.id).all()
    return [
        shelf.number_of_jars(session)  # found: batch-helper (takes-a-parameter)
        for shelf in shelves
    ]
