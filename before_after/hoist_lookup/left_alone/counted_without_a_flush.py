"""Another query of the loop flushes nothing, and counts what the flush of a lookup has written."""

from shop.db import SessionLocal
from shop.models import Review, Tag


def counts(names: list[str]):
    found = []
    with SessionLocal() as db:
        for name in names:
            tag = db.query(Tag).filter_by(name=name).first()  # review: hoist-lookup (flushes-alike)
            db.add(Review(product_id=1, text=name if tag else None))
            with db.no_autoflush:
                found.append(db.query(Review).count())
        db.commit()
    return found
