"""Two questions whether there is a row stop at the first one; counts would go through all."""

from shop.models import Tag


def flags(session):
    used = session.query(Tag).filter(Tag.uses > 3).first() is not None
    unused = session.query(session.query(Tag).filter(Tag.uses == 0).exists()).scalar()
    return used, unused
