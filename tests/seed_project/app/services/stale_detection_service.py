from datetime import datetime, timedelta

from sqlalchemy import func
from sqlalchemy.orm import Session

from app.models import Technique, Test


def find_stale_techniques(db: Session, days: int = 180) -> list[dict]:
    latest = (
        db.query(Test.technique_id, func.max(Test.created_at).label("last"))
        .group_by(Test.technique_id)
        .subquery()
    )
    cutoff = datetime.utcnow() - timedelta(days=days)
    rows = (
        db.query(Technique, latest.c.last)
        .outerjoin(latest, latest.c.technique_id == Technique.id)
        .filter(latest.c.last < cutoff)
        .all()
    )
    return [{"mitre_id": technique.mitre_id, "last": last} for technique, last in rows]
