"""A metaclass gives every model its queries, by a short name and by a method."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import (
    DeclarativeMeta,
    declarative_base,
    relationship,
    scoped_session,
    sessionmaker,
)

DBSession = scoped_session(sessionmaker(future=True))


class ModelMeta(DeclarativeMeta):
    @property
    def q(cls):
        return DBSession.query(cls)

    def on_floor(cls, floor):
        return cls.q.filter(cls.floor == floor)


Base = declarative_base(metaclass=ModelMeta)


class Host(Base):
    __tablename__ = "hosts"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))


class Switch(Base):
    __tablename__ = "switches"

    id = Column(Integer, primary_key=True)
    floor = Column(Integer, nullable=False)
    host_id = Column(ForeignKey("hosts.id"), nullable=False)
    host = relationship(Host)


def switches():
    return [{"id": switch.id, "name": switch.host.name} for switch in Switch.q.order_by(Switch.id)]


def names_on_floor(floor):
    return sorted(switch.host.name or "" for switch in Switch.on_floor(floor))
