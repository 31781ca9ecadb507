"""The function calls something else by the name of the class that a longer option would need."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Album(Base):
    __tablename__ = "albums"

    id = Column(Integer, primary_key=True)

    photos = relationship("Photo", order_by="Photo.id")


class Author(Base):
    __tablename__ = "authors"

    id = Column(Integer, primary_key=True)
    name = Column(String(20))


class Photo(Base):
    __tablename__ = "photos"

    id = Column(Integer, primary_key=True)
    album_id = Column(ForeignKey("albums.id"))
    author_id = Column(ForeignKey("authors.id"))

    author = relationship(Author)


def names(session, Photo):
    album = session.query(Album).first()
    photos = [photo for photo in album.photos]
    return Photo, [photo.author.name for photo in photos]  # found: eager-load (imports-possible)
