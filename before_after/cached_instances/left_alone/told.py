"""Rows that outlive their session."""

import pickle
from functools import cache, lru_cache

from sqlalchemy import select

from shop.db import SessionLocal
from shop.models import Category, Country, Customer, Role, User

ROLES = {}
users: dict[int, User] = {}
seen = []


@lru_cache(maxsize=128)
def country(code):
    with SessionLocal() as session:
        return session.get(Country, code)  # found: cached-instances


@cache
def categories():
    with SessionLocal() as session:
        rows = session.scalars(select(Category)).all()
    return {row.slug: row for row in rows}  # found: cached-instances


def role(session, name):
    if name not in ROLES:
        ROLES[name] = session.query(Role).filter_by(name=name).one()  # found: cached-instances
    return ROLES[name]


def get_user_by_id(session, user_id):
    if user_id not in users:
        user = session.query(User).get(user_id)
        users[user_id] = user  # found: cached-instances
    return users[user_id]


def remember(session):
    customer = session.query(Customer).first()
    seen.append(customer)  # found: cached-instances


def to_redis(session, redis):
    rows = session.query(Customer).all()
    redis.setex("customers", 60, pickle.dumps(rows))  # found: cached-instances
