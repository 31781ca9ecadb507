from sqlalchemy import func
from sqlalchemy.orm import Session

from app.models import (
    DefensiveTechniqueMapping,
    DetectionRule,
    Technique,
    Test,
    TestDetectionResult,
    TestState,
    ThreatActorTechnique,
)


def calculate_technique_score(technique: Technique, db: Session) -> dict:
    all_tests = db.query(Test).filter(Test.technique_id == technique.id).all()
    validated = [t for t in all_tests if t.state == TestState.validated]
    total_rules = (
        db.query(func.count(DetectionRule.id))
        .filter(DetectionRule.mitre_technique_id == technique.mitre_id)
        .scalar()
    )
    triggered_rules = 0
    if total_rules > 0:
        triggered_rules = (
            db.query(func.count(TestDetectionResult.id))
            .filter(TestDetectionResult.triggered.is_(True))
            .scalar()
        )
    total_countermeasures = (
        db.query(func.count(DefensiveTechniqueMapping.id))
        .filter(DefensiveTechniqueMapping.attack_technique_id == technique.id)
        .scalar()
    )
    most_recent_test = (
        db.query(func.max(Test.created_at)).filter(Test.technique_id == technique.id).scalar()
    )
    return {
        "score": len(validated) * 10 + triggered_rules + total_countermeasures,
        "recent": most_recent_test,
    }


def calculate_tactic_score(tactic: str, db: Session) -> float:
    techniques = db.query(Technique).filter(Technique.tactic == tactic).all()
    scores = []
    for tech in techniques:
        result = calculate_technique_score(tech, db)
        scores.append(result["score"])
    return sum(scores) / len(scores) if scores else 0.0


def calculate_actor_coverage_score(actor_id, db: Session) -> float:
    techniques = (
        db.query(Technique)
        .join(ThreatActorTechnique, ThreatActorTechnique.technique_id == Technique.id)
        .filter(ThreatActorTechnique.threat_actor_id == actor_id)
        .all()
    )
    total = 0.0
    for tech in techniques:
        result = calculate_technique_score(tech, db)
        total += result["score"]
    return total


def calculate_organization_score(db: Session) -> dict:
    all_techniques = db.query(Technique).all()
    scores = []
    for tech in all_techniques:
        result = calculate_technique_score(tech, db)
        scores.append(result["score"])
    critical_techniques = db.query(Technique).filter(Technique.is_critical).all()
    critical = []
    for tech in critical_techniques:
        result = calculate_technique_score(tech, db)
        critical.append(result["score"])
    return {"overall": sum(scores), "critical": sum(critical)}
