"""Columns that refer to a row of any table, which no foreign key can."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)


class Image(Base):
    __tablename__ = "images"

    id = Column(Integer, primary_key=True)


class Vote(Base):
    __tablename__ = "votes"

    id = Column(Integer, primary_key=True)
    subject = Column(Integer)


class Comment(Base):
    __tablename__ = "comments"

    id = Column(Integer, primary_key=True)
    subject_id = Column(Integer)
    subject_kind = Column(String(20))


class Visit(Base):
    __tablename__ = "visits"

    id = Column(Integer, primary_key=True)
    type = Column(String(20))
    target = Column(Integer)


def votes(session):
    on_posts = session.query(Vote).join(Post, Vote.subject == Post.id).all()
    return on_posts + session.query(Vote).join(Image, Vote.subject == Image.id).all()


def comments(session):
    query = session.query(Comment).join(Post, Comment.subject_id == Post.id)
    return query.filter(Comment.subject_kind == "post").all()


def visits(session):
    return session.query(Visit).join(Post, Visit.target == Post.id).all()
