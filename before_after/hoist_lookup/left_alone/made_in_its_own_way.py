"""What makes a row may give it another key than the one that was looked up."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import Session, declarative_base, sessionmaker

Base = declarative_base()
SessionLocal = sessionmaker()


class Topic(Base):
    __tablename__ = "topics"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False, unique=True)

    def __init__(self, name, **kwargs):
        super().__init__(name=name.lower(), **kwargs)


class Label(Base):
    __tablename__ = "labels"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False, unique=True)

    def __setattr__(self, name, value):
        super().__setattr__(name, value.strip() if isinstance(value, str) else value)


def add_topics(names: list[str]):
    with SessionLocal() as session:
        for name in names:
            topic = session.query(Topic).filter(Topic.name == name).first()  # found: hoist-lookup (table-not-written)
            if topic is None:
                session.add(Topic(name=name))
        session.commit()


def add_labels(names: list[str]):
    with SessionLocal() as session:
        for name in names:
            label = session.query(Label).filter(Label.name == name).first()  # found: hoist-lookup (table-not-written)
            if label is None:
                session.add(Label(name=name))
        session.commit()
