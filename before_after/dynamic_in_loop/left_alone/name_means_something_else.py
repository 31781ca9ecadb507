"""The function calls something else by the name of the class that the query would need."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Album(Base):
    __tablename__ = "albums"

    id = Column(Integer, primary_key=True)

    photos = relationship("Photo", lazy="dynamic")


class Photo(Base):
    __tablename__ = "photos"

    id = Column(Integer, primary_key=True)
    album_id = Column(ForeignKey("albums.id"))


def counts(session, Photo):
    albums = session.query(Album).all()
    return [Photo(album.photos.count()) for album in albums]  # found: dynamic-in-loop (writable)
