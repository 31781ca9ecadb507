"""Shelves that know what they hold."""

from __future__ import annotations

from typing import Optional

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, func, select
from sqlalchemy.orm import Session, declarative_base, object_session

Base = declarative_base()


class Shelf(Base):
    __tablename__ = "shelves"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)
    keeper = Column(String(20))

    @property
    def size(self) -> int:
        return object_session(self).query(Jar).filter(Jar.shelf_id == self.id).count()

    @property
    def kept_by(self) -> Optional[Keeper]:
        session = object_session(self)
        return session.query(Keeper).filter(Keeper.name == self.keeper).one_or_none()

    def number_of_full(self, session: Session) -> int:
        found = select(func.count(Jar.id)).where(Jar.shelf_id == self.id, Jar.full.is_(True))
        return session.scalar(found)

    def has_jars(self, session: Session) -> bool:
        from labels import Label

        labels = session.query(Label.id).filter(Label.shelf_id == self.id)
        return labels.first() is not None

    def weight(self, session: Session) -> int:
        query = session.query(func.coalesce(func.sum(Jar.grams), 0))
        return query.filter(Jar.shelf_id == self.id).scalar()


class Keeper(Base):
    __tablename__ = "keepers"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False, unique=True)


class Jar(Base):
    __tablename__ = "jars"

    id = Column(Integer, primary_key=True)
    shelf_id = Column(ForeignKey("shelves.id"))
    full = Column(Boolean, nullable=False)
    grams = Column(Integer)
