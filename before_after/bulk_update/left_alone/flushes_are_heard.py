"""A listener of the sessions notes each row that a flush writes, of which a statement has none."""

from sqlalchemy import event

from shop.db import SessionLocal
from shop.models import AuditLog, Tag


@event.listens_for(SessionLocal, "before_flush")
def note(session, context, instances):
    for row in session.dirty:
        session.add(AuditLog(entity_type=type(row).__name__, entity_id=str(row.id), action="set"))


def limit(session):
    for tag in session.query(Tag).filter(Tag.uses > 3):
        tag.uses = 3  # found: bulk-update (no-events)
