"""Values are kept, or rows that no session knows any more, or no longer than the function runs."""

import pickle
from functools import cached_property, lru_cache

from shop.db import SessionLocal
from shop.models import Country, Customer, Role

NAMES = {}


@lru_cache
def country_name(code):
    with SessionLocal() as session:
        return session.query(Country.name).filter_by(code=code).scalar()


@lru_cache
def countries():
    with SessionLocal() as session:
        return {row.code: row.name for row in session.query(Country)}


@lru_cache
def detached(code):
    with SessionLocal() as session:
        found = session.get(Country, code)
        session.expunge(found)
        return found


class Shop:
    def __init__(self, session):
        self.session = session

    @cached_property
    def roles(self):
        return self.session.query(Role).all()


def name(session, id):
    if id not in NAMES:
        NAMES[id] = session.query(Customer).filter_by(id=id).one().name
    return NAMES[id]


def own_dict(session, ids):
    found = {}
    for id in ids:
        found[id] = session.get(Customer, id)
    return [found[id].name for id in ids]


def pickled(session, path):
    names = [name for (name,) in session.query(Customer.name)]
    path.write_bytes(pickle.dumps(names))
