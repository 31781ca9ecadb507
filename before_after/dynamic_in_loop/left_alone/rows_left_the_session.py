"""The session is closed before the loop, or another one: the relationship of such a row finds
nothing, or asks the session that the row is in."""

from shop.db import SessionLocal
from shop.models import User


def counts(session):
    users = session.query(User).all()
    session.close()
    return [user.entries.count() for user in users]  # review: dynamic-in-loop (rows-in-session)


def counts_of_another():
    session = SessionLocal()
    users = session.query(User).all()
    session = SessionLocal()
    return [user.entries.count() for user in users], session  # review: dynamic-in-loop (rows-in-session)


def of_both(one, other, swap):
    if swap:
        users = one.query(User).all()
    else:
        users = other.query(User).all()
    return [user.entries.count() for user in users]  # review: dynamic-in-loop (rows-in-session)


def made_anew():
    users = SessionLocal().query(User).all()
    return [user.entries.count() for user in users]  # found: dynamic-in-loop (writable)


def handed_on(session, prepare):
    users = session.query(User).all()
    prepare(session)
    return [user.entries.count() for user in users]  # review: dynamic-in-loop (rows-in-session)
