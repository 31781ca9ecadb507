from datetime import datetime

from sqlalchemy.orm import Session

from app.models import AuditLog


def log_action(db: Session, entity_type: str, entity_id: str, action: str) -> AuditLog:
    entry = AuditLog(
        entity_type=entity_type, entity_id=entity_id, action=action, timestamp=datetime.utcnow()
    )
    db.add(entry)
    db.commit()
    db.refresh(entry)
    return entry
