"""The flush of a lookup makes values that are read, runs listeners, or counts versions."""

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, event, func
from sqlalchemy.orm import column_property, declarative_base, sessionmaker

Base = declarative_base()
SessionLocal = sessionmaker()


class Shelf(Base):
    __tablename__ = "shelves"

    id = Column(Integer, primary_key=True)
    code = Column(String(20), unique=True)
    width = Column(Integer, nullable=False)
    changed = Column(DateTime, onupdate=func.now())
    area = column_property(width * 2)


class Tool(Base):
    __tablename__ = "tools"

    id = Column(Integer, primary_key=True)
    uses = Column(Integer, nullable=False)
    slug = Column(String(20))
    shelf_id = Column(ForeignKey("shelves.id"))


class Stock(Base):
    __tablename__ = "stock"

    id = Column(Integer, primary_key=True)
    amount = Column(Integer, nullable=False)
    version = Column(Integer, nullable=False)
    __mapper_args__ = {"version_id_col": version}


class Counted(Base):
    __tablename__ = "counted"

    id = Column(Integer, primary_key=True)
    amount = Column(Integer, nullable=False)
    changes = Column(Integer, default=0, onupdate=lambda context: context.current_parameters["amount"])


@event.listens_for(Tool, "before_update")
def make_slug(mapper, connection, tool):
    tool.slug = f"tool-{tool.uses}"


def read_in_the_loop(ids: list[int]):
    with SessionLocal() as session:
        for key in ids:
            shelf = session.query(Shelf).filter(Shelf.id == key).first()  # review: hoist-lookup (flushes-alike)
            if shelf is not None:
                shelf.width = shelf.width + 1
                print(shelf.changed)
        session.commit()


def show(shelf):
    return shelf.area


def read_by_a_function(ids: list[int]):
    with SessionLocal() as session:
        for key in ids:
            shelf = session.query(Shelf).filter(Shelf.id == key).first()  # review: hoist-lookup (flushes-alike)
            if shelf is not None:
                shelf.width = shelf.width + 1
                print(show(shelf))
        session.commit()


def read_after_the_loop(ids: list[int]):
    with SessionLocal() as session:
        shelves = []
        for key in ids:
            shelf = session.query(Shelf).filter(Shelf.id == key).first()  # review: hoist-lookup (flushes-alike)
            if shelf is not None:
                shelf.width = shelf.width + 1
                shelves.append(shelf)
        areas = [shelf.area for shelf in shelves]
        session.commit()
        return areas


def listened_to(ids: list[int]):
    with SessionLocal() as session:
        for tool in session.query(Tool).order_by(Tool.id).all():
            tool.uses = 0
            shelf = session.query(Shelf).filter(Shelf.id == tool.shelf_id).first()  # review: hoist-lookup (flushes-alike)
            print(shelf.code if shelf else "", tool.slug)
        session.commit()


def counts_versions(ids: list[int]):
    with SessionLocal() as session:
        for key in ids:
            stock = session.query(Stock).filter(Stock.id == key).first()  # review: hoist-lookup (flushes-alike)
            if stock is not None:
                stock.amount = stock.amount + 1
        session.commit()


def counts_changes(ids: list[int]):
    with SessionLocal() as session:
        for key in ids:
            counted = session.query(Counted).filter(Counted.id == key).first()  # review: hoist-lookup (flushes-alike)
            if counted is not None:
                counted.amount = counted.amount + 1
        session.commit()
