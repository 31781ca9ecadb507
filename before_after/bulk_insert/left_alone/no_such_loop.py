"""Nothing is inserted row by row: the unit of work puts rows together, or there are few of them."""

from sqlalchemy import insert

from shop.db import SessionLocal
from shop.models import Supplier, Tag


def added(session, names):
    for name in names:
        session.add(Tag(name=name))


def flushed(session, names):
    for name in names:
        session.add(Tag(name=name))
        session.flush()


def few(session):
    for name in ("a", "b"):
        session.execute(insert(Supplier).values(name=name))


def once(session, name):
    session.execute(insert(Supplier).values(name=name))


def used(session, names):
    keys = []
    for name in names:
        result = session.execute(insert(Supplier).values(name=name))
        keys.append(result.inserted_primary_key)
    return keys


def lists(session, chunks):
    for names in chunks:
        session.execute(insert(Supplier), [{"name": name} for name in names])


def own_sessions(names):
    for name in names:
        with SessionLocal.begin() as session:
            session.execute(insert(Supplier).values(name=name))


def ignoring(session, names, insert):
    for name in names:
        session.execute(insert(Supplier).values(name=name).on_conflict_do_nothing())
