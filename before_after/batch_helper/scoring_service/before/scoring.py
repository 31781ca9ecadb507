"""How well a technique, a tactic, an actor and the whole organization are covered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from models import (
    ActorTechnique,
    Countermeasure,
    DetectionResult,
    DetectionRule,
    Technique,
    Test,
    TestState,
)

WEIGHTS = {"tests": 40, "rules": 30, "measures": 20, "freshness": 10}


def calculate_technique_score(technique: Technique, db: Session) -> dict[str, Any]:
    """The score of one technique, from 0 to 100, and what it is made of."""
    all_tests = db.query(Test).filter(Test.technique_id == technique.id).order_by(Test.id).all()
    validated = [test for test in all_tests if test.state == TestState.validated]
    test_score = WEIGHTS["tests"] * len(validated) / len(all_tests) if all_tests else 0.0

    # Detection
    total_rules = (
        db.query(func.count(DetectionRule.id))
        .filter(DetectionRule.technique_id == technique.id)
        .scalar()
    )
    rule_score = 0.0
    triggered_rules = 0
    if total_rules > 0:
        triggered_rules = (
            db.query(func.count(DetectionResult.id))
            .join(Test, Test.id == DetectionResult.test_id)
            .filter(Test.technique_id == technique.id, DetectionResult.triggered == 1)
            .scalar()
        )
        rule_score = WEIGHTS["rules"] * min(1.0, triggered_rules / total_rules)

    # Defence
    total_countermeasures = (
        db.query(func.count(Countermeasure.id))
        .filter(Countermeasure.technique_id == technique.id)
        .scalar()
    )
    measure_score = min(float(WEIGHTS["measures"]), 5.0 * total_countermeasures)

    most_recent_test = (
        db.query(func.max(Test.validated_at))
        .filter(Test.technique_id == technique.id, Test.state == TestState.validated)
        .scalar()
    )
    freshness = WEIGHTS["freshness"] if most_recent_test else 0

    return {
        "technique": technique.name,
        "score": round(test_score + rule_score + measure_score + freshness, 2),
        "rules": total_rules,
        "triggered": triggered_rules,
        "latest": most_recent_test.isoformat() if most_recent_test else None,
    }


def calculate_tactic_score(tactic: str, db: Session) -> float:
    techniques = db.query(Technique).filter(Technique.tactic == tactic).order_by(Technique.id).all()
    if not techniques:
        return 0.0
    total = 0.0
    for tech in techniques:
        result = calculate_technique_score(tech, db)
        total += result["score"]
    return round(total / len(techniques), 2)


def calculate_actor_coverage_score(actor: str, db: Session) -> dict[str, Any]:
    techniques = (
        db.query(Technique)
        .join(ActorTechnique, ActorTechnique.technique_id == Technique.id)
        .filter(ActorTechnique.actor == actor)
        .order_by(Technique.id)
        .all()
    )
    scores = [calculate_technique_score(tech, db)["score"] for tech in techniques]
    return {"actor": actor, "covered": sum(1 for score in scores if score >= 50), "of": len(scores)}


def calculate_organization_score(db: Session) -> dict[str, Any]:
    all_techniques = db.query(Technique).order_by(Technique.id).all()
    total = 0.0
    for tech in all_techniques:
        result = calculate_technique_score(tech, db)
        total += result["score"]

    critical_techniques = [tech for tech in all_techniques if tech.critical]
    gaps = []
    for tech in critical_techniques:
        result = calculate_technique_score(tech, db)
        if result["score"] < 50:
            gaps.append(result["technique"])
    average = round(total / len(all_techniques), 2) if all_techniques else 0.0
    return {"score": average, "gaps": gaps}
