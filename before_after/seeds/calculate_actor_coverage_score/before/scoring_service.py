"""The coverage of a threat actor: five queries for each technique that it uses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from soc.models import (
    DefensiveTechniqueMapping,
    DetectionRule,
    Technique,
    Test,
    TestDetectionResult,
    TestResult,
    TestState,
    ThreatActor,
    ThreatActorTechnique,
    utcnow,
)
from sqlalchemy import func
from sqlalchemy.orm import Session

WEIGHTS = {"tests": 40, "detection": 25, "defense": 20, "freshness": 15}


def calculate_technique_score(technique: Technique, db: Session) -> dict[str, Any]:
    """The score of one technique, from 0 to 100, and what it is made of."""
    # Tests
    all_tests = db.query(Test).filter(Test.technique_id == technique.id).all()
    validated = [test for test in all_tests if test.state == TestState.validated]
    detected = [test for test in validated if test.result == TestResult.detected]
    partial = [test for test in validated if test.result == TestResult.partially_detected]
    test_score = 0.0
    if validated:
        test_score = (len(detected) + len(partial) * 0.5) / len(validated) * WEIGHTS["tests"]

    # Detection rules
    total_rules = (
        db.query(func.count(DetectionRule.id))
        .filter(
            DetectionRule.mitre_technique_id == technique.mitre_id,
            DetectionRule.is_active.is_(True),
        )
        .scalar()
    )
    detection_score = 0.0
    triggered_rules = 0
    if total_rules > 0:
        triggered_rules = (
            db.query(func.count(TestDetectionResult.id))
            .join(Test, Test.id == TestDetectionResult.test_id)
            .filter(Test.technique_id == technique.id, TestDetectionResult.triggered.is_(True))
            .scalar()
        )
        detection_score = min(triggered_rules / total_rules, 1.0) * WEIGHTS["detection"]

    # Countermeasures of D3FEND
    total_countermeasures = (
        db.query(func.count(DefensiveTechniqueMapping.id))
        .filter(DefensiveTechniqueMapping.attack_technique_id == technique.id)
        .scalar()
    )
    defense_score = min(total_countermeasures / 5, 1.0) * WEIGHTS["defense"]

    # Freshness
    most_recent_test = (
        db.query(func.max(Test.created_at))
        .filter(Test.technique_id == technique.id, Test.state == TestState.validated)
        .scalar()
    )
    freshness = 0.0
    if most_recent_test is not None:
        age = utcnow() - most_recent_test
        freshness = WEIGHTS["freshness"] * max(0.0, 1 - age / timedelta(days=365))

    return {
        "mitre_id": technique.mitre_id,
        "total_score": round(test_score + detection_score + defense_score + freshness, 1),
        "tests": len(all_tests),
        "validated": len(validated),
        "rules": {"total": total_rules, "triggered": triggered_rules},
        "countermeasures": total_countermeasures,
        "last_test": most_recent_test.isoformat() if most_recent_test else None,
    }


def calculate_actor_coverage_score(actor_id: int, db: Session) -> dict[str, Any] | None:
    """How well the techniques of a threat actor are covered."""
    actor = db.query(ThreatActor).filter(ThreatActor.id == actor_id).first()
    if actor is None:
        return None

    techniques = (
        db.query(Technique)
        .join(ThreatActorTechnique, ThreatActorTechnique.technique_id == Technique.id)
        .filter(ThreatActorTechnique.threat_actor_id == actor.id)
        .order_by(Technique.id)
        .all()
    )
    total_score = 0.0
    gaps = []
    for tech in techniques:
        result = calculate_technique_score(tech, db)
        total_score += result["total_score"]
        if result["total_score"] < 30:
            gaps.append({"mitre_id": tech.mitre_id, "name": tech.name})

    count = len(techniques)
    return {
        "actor": actor.name,
        "techniques": count,
        "coverage": round(total_score / count, 1) if count else 0.0,
        "gaps": gaps,
    }
