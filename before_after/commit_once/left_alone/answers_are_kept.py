"""A row is added where it is missing, and a cache keeps what has been found: few calls commit."""

from functools import lru_cache

from shop.db import SessionLocal
from shop.models import Order, Tag

session = SessionLocal()


@lru_cache
def tag_id(name):
    tag = session.query(Tag).filter(Tag.name == name).first()
    if tag is None:
        tag = Tag(name=name)
        session.add(tag)
        session.commit()
    return tag.id


def tags_of_all():
    found = []
    for order in session.query(Order).all():
        found.append((order.number, tag_id(order.status.value)))
    return found
