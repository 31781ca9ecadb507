"""A table in between without a key may hold a pair twice, of which a lazy load makes one item."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()

song_genres = Table(
    "song_genres",
    Base.metadata,
    Column("song_id", ForeignKey("songs.id")),
    Column("genre_id", ForeignKey("genres.id")),
)
song_labels = Table(
    "song_labels",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("song_id", ForeignKey("songs.id")),
    Column("label_id", ForeignKey("labels.id")),
)


class Play(Base):
    __tablename__ = "plays"
    __table_args__ = (UniqueConstraint("song_id", "second"),)

    id = Column(Integer, primary_key=True)
    song_id = Column(ForeignKey("songs.id"))
    listener_id = Column(ForeignKey("listeners.id"))
    second = Column(Integer)


class Song(Base):
    __tablename__ = "songs"

    id = Column(Integer, primary_key=True)

    genres = relationship("Genre", secondary=song_genres, order_by="Genre.id", back_populates="songs")
    labels = relationship("Label", secondary="song_labels", order_by="Label.id")
    listeners = relationship("Listener", secondary="plays", order_by="Listener.id", viewonly=True)


class Genre(Base):
    __tablename__ = "genres"

    id = Column(Integer, primary_key=True)
    name = Column(String(20))

    songs = relationship(Song, secondary=lambda: song_genres, order_by=Song.id, back_populates="genres")


class Label(Base):
    __tablename__ = "labels"

    id = Column(Integer, primary_key=True)
    name = Column(String(20))


class Listener(Base):
    __tablename__ = "listeners"

    id = Column(Integer, primary_key=True)
    name = Column(String(20))


def by_song(session):
    for song in session.query(Song).order_by(Song.id):
        print([genre.name for genre in song.genres])  # review: eager-load (items-once)


def by_genre(session):
    for genre in session.query(Genre).order_by(Genre.id):
        print([song.id for song in genre.songs])  # review: eager-load (items-once)


def labelled(session):
    for song in session.query(Song).order_by(Song.id):
        print([label.name for label in song.labels])  # review: eager-load (items-once)


def heard(session):
    for song in session.query(Song).order_by(Song.id):
        print([listener.name for listener in song.listeners])  # review: eager-load (items-once)
