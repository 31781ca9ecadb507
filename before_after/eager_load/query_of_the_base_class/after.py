"""The base class has a `query` of its own, as many projects write it."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import (
    declarative_base,
    relationship,
    scoped_session,
    selectinload,
    sessionmaker,
)

DBSession = scoped_session(sessionmaker(future=True))


class classproperty:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        return self.function(owner)


class ORMClass:
    @classproperty
    def query(cls):
        """A query for the rows of a model."""
        return DBSession.query(cls)


Base = declarative_base(cls=ORMClass)


class Holder(Base):
    __tablename__ = "holders"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)


class Debenture(Base):
    __tablename__ = "debentures"

    id = Column(Integer, primary_key=True)
    series = Column(Integer, nullable=False)
    holder_id = Column(ForeignKey("holders.id"))
    holder = relationship(Holder)

    @classmethod
    def holders_of(cls, series):
        found = (
            cls.query.options(selectinload(cls.holder))
            .filter(cls.series == series)
            .order_by(cls.id)
        )
        return {row.id: row.holder.name for row in found if row.holder_id is not None}
