from sqlalchemy.orm import Session

from app.models import Snapshot, Technique
from app.services.scoring_service import calculate_technique_score


def create_snapshot(db: Session) -> int:
    techniques = db.query(Technique).all()
    for tech in techniques:
        score_data = calculate_technique_score(tech, db)
        db.add(Snapshot(technique_id=tech.id, score=score_data["score"]))
    db.commit()
    return len(techniques)
