"""A project that does not say which databases it uses: some sum integers as decimals."""
# pyproject: database = []

from shop.models import Tag


def uses(session):
    return sum(tag.uses for tag in session.query(Tag))  # review: aggregate-in-database (same-value)
