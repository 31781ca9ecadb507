"""The rows are those of an alias, which an UPDATE does not have."""

from sqlalchemy.orm import aliased

from shop.models import Tag


def reset(session):
    Unused = aliased(Tag)
    for tag in session.query(Unused).filter(Unused.uses == 0):
        tag.name = "unused"  # found: bulk-update (plain-query)
