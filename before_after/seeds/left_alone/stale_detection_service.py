"""One query, with a subquery for the last test of each technique."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from soc.models import Technique, Test, TestState, utcnow
from sqlalchemy import func, or_
from sqlalchemy.orm import Session


def find_stale_techniques(db: Session, days: int = 180) -> list[dict[str, Any]]:
    """The techniques that nobody has tested for long, or ever."""
    cutoff = utcnow() - timedelta(days=days)
    last_test = (
        db.query(Test.technique_id, func.max(Test.created_at).label("tested_at"))
        .filter(Test.state == TestState.validated)
        .group_by(Test.technique_id)
        .subquery()
    )
    rows = (
        db.query(Technique, last_test.c.tested_at)
        .outerjoin(last_test, last_test.c.technique_id == Technique.id)
        .filter(or_(last_test.c.tested_at.is_(None), last_test.c.tested_at < cutoff))
        .order_by(Technique.mitre_id)
        .all()
    )
    stale = []
    for technique, tested_at in rows:
        stale.append(
            {
                "mitre_id": technique.mitre_id,
                "name": technique.name,
                "tested_at": tested_at.isoformat() if tested_at else None,
                "days": (utcnow() - tested_at).days if tested_at else None,
            }
        )
    return stale
