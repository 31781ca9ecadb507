"""A dynamic relationship with a query class of its own, which adds a condition to each query."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer
from sqlalchemy.orm import Query, declarative_base, relationship

Base = declarative_base()


class Visible(Query):
    def count(self):
        return self.filter_by(hidden=False).with_entities(Photo.id).distinct().count()


class Album(Base):
    __tablename__ = "albums"

    id = Column(Integer, primary_key=True)

    photos = relationship("Photo", lazy="dynamic", query_class=Visible)


class Photo(Base):
    __tablename__ = "photos"

    id = Column(Integer, primary_key=True)
    album_id = Column(ForeignKey("albums.id"))
    hidden = Column(Boolean, nullable=False, default=False)


def counts(session):
    albums = session.query(Album).all()
    return [album.photos.count() for album in albums]  # found: dynamic-in-loop (asked-as-declared)
