"""One insert for each call, and no loop."""

from __future__ import annotations

import json
from typing import Any

from soc.models import AuditLog, utcnow
from sqlalchemy.orm import Session


def log_action(
    db: Session,
    user_id: int | None,
    action: str,
    entity_type: str | None = None,
    entity_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> AuditLog:
    entry = AuditLog(
        user_id=user_id,
        action=action,
        entity_type=entity_type,
        entity_id=str(entity_id) if entity_id is not None else None,
        details=json.dumps(details) if details else None,
        timestamp=utcnow(),
    )
    db.add(entry)
    db.commit()
    db.refresh(entry)
    return entry
