"""A snapshot of the coverage: five queries for every technique there is."""

from __future__ import annotations

from scoring_service import calculate_technique_score
from soc.models import CoverageSnapshot, SnapshotTechniqueState, Technique, TechniqueStatus, utcnow
from sqlalchemy.orm import Session


def create_snapshot(db: Session, name: str | None = None, user_id: int | None = None) -> int:
    """Keep the state and the score of every technique as they are now; gives the key."""
    techniques = db.query(Technique).order_by(Technique.id).all()

    states = []
    scores = []
    for tech in techniques:
        score_data = calculate_technique_score(tech, db)
        score = score_data["total_score"]
        scores.append(score)
        states.append((tech.id, tech.status, score))

    snapshot = CoverageSnapshot(
        name=name or f"Snapshot of {utcnow():%Y-%m-%d %H:%M}",
        organization_score=round(sum(scores) / len(scores), 1) if scores else 0.0,
        total_techniques=len(techniques),
        validated_count=sum(1 for t in techniques if t.status == TechniqueStatus.validated),
        created_by=user_id,
        created_at=utcnow(),
    )
    db.add(snapshot)
    db.flush()
    for technique_id, status, score in states:
        db.add(
            SnapshotTechniqueState(
                snapshot_id=snapshot.id, technique_id=technique_id, status=status, score=score
            )
        )
    db.commit()
    return snapshot.id
