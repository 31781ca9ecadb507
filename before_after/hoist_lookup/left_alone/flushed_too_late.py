"""The key of a new row is read before the loop's own flush, or where that may not come."""

from shop.db import SessionLocal
from shop.models import AuditLog, Tag


def get_or_create(db, model, **values):
    row = db.query(model).filter_by(**values).first()
    if row is not None:
        return row, False
    row = model(**values)
    db.add(row)
    db.flush()
    return row, True


def read_before(names: list[str]):
    found = []
    with SessionLocal() as db:
        for name in names:
            log = AuditLog(entity_type="tag", entity_id=name, action="read")
            db.add(log)
            tag = db.query(Tag).filter_by(name=name).first()  # found: hoist-lookup (flushes-alike)
            found.append((log.id, tag))
            db.flush()
        db.commit()
    return found


def not_always(names: list[str]):
    found = []
    with SessionLocal() as db:
        for name in names:
            log = AuditLog(entity_type="tag", entity_id=name, action="read")
            db.add(log)
            tag = db.query(Tag).filter_by(name=name).first()  # found: hoist-lookup (flushes-alike)
            if tag is None:
                db.flush()
            found.append((log.id, tag))
        db.commit()
    return found


def by_a_function(names: list[str]):
    found = []
    with SessionLocal() as db:
        for name in names:
            log = AuditLog(entity_type="tag", entity_id=name, action="read")
            db.add(log)
            pair = get_or_create(db, Tag, name=name)  # found: hoist-lookup (flushes-alike)
            found.append((log.id, pair[1]))
        db.commit()
    return found
