"""What the session sends as an object is added may give it another key."""

from sqlalchemy import event

from shop.db import SessionLocal
from shop.models import Tag


@event.listens_for(SessionLocal, "before_attach")
def clean(session, added):
    if isinstance(added, Tag):
        added.name = added.name.lower()


def made(names: list[str]):
    with SessionLocal() as session:
        for name in names:
            tag = session.query(Tag).filter(Tag.name == name).first()  # found: hoist-lookup (table-not-written)
            if tag is None:
                tag = Tag(name=name)
                session.add(tag)
                session.flush()
            print(tag.id)
        session.commit()
