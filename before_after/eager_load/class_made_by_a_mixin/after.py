"""A mixin makes the class of the remarks itself, one for each model that has some."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, declared_attr, relationship, selectinload

Base = declarative_base()


class Remark:
    id = Column(Integer, primary_key=True)
    text = Column(String(50), nullable=False)


class WithRemarks:
    @declared_attr
    def remarks(cls):
        columns = {
            "__tablename__": cls.__tablename__ + "_remarks",
            "parent_id": Column(Integer, ForeignKey(cls.__tablename__ + ".id")),
        }
        cls.Remark = type(cls.__name__ + "Remark", (Remark, Base), columns)
        return relationship(cls.Remark)


class Event(WithRemarks, Base):
    __tablename__ = "events"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)


def remarks_by_event(session):
    found = {}
    for event in session.query(Event).options(selectinload(Event.remarks)).order_by(Event.id).all():
        for remark in event.remarks:
            found.setdefault(event.name, set()).add(remark.text)
    return found
