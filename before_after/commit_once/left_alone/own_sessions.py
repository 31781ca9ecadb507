"""Each item has a session of its own."""

from shop.db import SessionLocal
from shop.models import Tag


def opened(names):
    for name in names:
        with SessionLocal() as session:
            session.add(Tag(name=name))
            session.commit()


def save(name):
    with SessionLocal() as session:
        session.add(Tag(name=name))
        session.commit()


def in_a_helper(names):
    for name in names:
        save(name)


def of_each_tenant(sessions):
    for session in sessions:
        session.add(Tag(name="new"))
        session.commit()


def begun(names):
    for name in names:
        with SessionLocal.begin() as session:
            session.add(Tag(name=name))
