"""The bulk methods are legacy on SQLAlchemy 2.0."""
# pyproject: sqlalchemy = ">=2.0"

from shop.models import Tag


def imported(session, mappings):
    session.bulk_insert_mappings(Tag, mappings)  # found: modernize-loading
    return session.query(Tag).count()
