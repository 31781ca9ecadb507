import time

from sqlalchemy.orm import Session

from app.services.scoring_service import calculate_organization_score

_cache: dict[str, tuple[float, dict]] = {}


def organization_score(db: Session, ttl: int = 300) -> dict:
    cached = _cache.get("organization")
    if cached and time.time() - cached[0] < ttl:
        return cached[1]
    score = calculate_organization_score(db)
    _cache["organization"] = (time.time(), score)
    return score
