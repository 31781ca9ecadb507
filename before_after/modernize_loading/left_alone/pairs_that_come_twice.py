"""A table in between without a key may hold a pair twice, which the two strategies load differently."""
# pyproject: sqlalchemy = ">=2.0"

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship, subqueryload

Base = declarative_base()

song_genres = Table(
    "song_genres",
    Base.metadata,
    Column("song_id", ForeignKey("songs.id")),
    Column("genre_id", ForeignKey("genres.id")),
)


class Song(Base):
    __tablename__ = "songs"

    id = Column(Integer, primary_key=True)

    genres = relationship("Genre", secondary=song_genres, order_by="Genre.id")


class Genre(Base):
    __tablename__ = "genres"

    id = Column(Integer, primary_key=True)


def genres(session):
    songs = session.query(Song).options(subqueryload(Song.genres)).order_by(Song.id)  # review: modernize-loading (items-once)
    return [[genre.id for genre in song.genres] for song in songs]
