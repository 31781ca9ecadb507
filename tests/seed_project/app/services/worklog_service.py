from sqlalchemy.orm import Session

from app.models import AuditLog


def get_entry(db: Session, entry_id) -> AuditLog | None:
    return db.query(AuditLog).filter(AuditLog.id == entry_id).first()


def delete_entry(db: Session, entry_id) -> bool:
    entry = get_entry(db, entry_id)
    if entry is None:
        return False
    db.delete(entry)
    db.commit()
    return True
