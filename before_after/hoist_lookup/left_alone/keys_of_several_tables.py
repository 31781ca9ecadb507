"""Each class below has a table of its own, and keys of its own: two rows may have the same one."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.ext.declarative import ConcreteBase
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Document(ConcreteBase, Base):
    __tablename__ = "documents"
    id = Column(Integer, primary_key=True)
    title = Column(String(20))
    __mapper_args__ = {"polymorphic_identity": "document", "concrete": True}


class Manual(Document):
    __tablename__ = "manuals"
    id = Column(Integer, primary_key=True)
    title = Column(String(20))
    __mapper_args__ = {"polymorphic_identity": "manual", "concrete": True}


def titles(session, keys: list[int]):
    found = []
    for key in keys:
        document = session.query(Document).filter(Document.id == key).first()  # review: hoist-lookup (row-determined)
        found.append(document and document.title)
    return found
