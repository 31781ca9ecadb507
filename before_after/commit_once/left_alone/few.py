"""Loops of a few iterations, and loops over what the module lists once and for all."""

from shop.models import Role, Tag

ROLES = {"admin": "Administrator", "clerk": "Clerk"}


first_tags = ["new", "sale", "used"]


def listed(session):
    for name in first_tags:
        session.add(Tag(name=name))
        session.commit()


def literal(session):
    for name in ("new", "sale"):
        session.add(Tag(name=name))
        session.commit()


def constant(session):
    for name in ROLES:
        session.add(Role(name=name))
        session.commit()


def pairs(session):
    for name, title in ROLES.items():
        session.add(Role(name=f"{name} ({title})"))
        session.commit()


def three_times(session):
    for number in range(3):
        session.add(Tag(name=str(number)))
        session.commit()


def limited(session):
    for tag in session.query(Tag).limit(5).all():
        tag.uses = 0
        session.commit()
