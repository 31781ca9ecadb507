"""The score of one technique: five queries each time it is asked for."""

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
    total_rules, triggered_rules_count, total_countermeasures = db.query(
        db.query(func.count(DetectionRule.id))
        .filter(
            DetectionRule.mitre_technique_id == technique.mitre_id,
            DetectionRule.is_active.is_(True),
        )
        .scalar_subquery(),
        db.query(func.count(TestDetectionResult.id))
        .join(Test, Test.id == TestDetectionResult.test_id)
        .filter(Test.technique_id == technique.id, TestDetectionResult.triggered.is_(True))
        .scalar_subquery(),
        db.query(func.count(DefensiveTechniqueMapping.id))
        .filter(DefensiveTechniqueMapping.attack_technique_id == technique.id)
        .scalar_subquery(),
    ).one()
    detection_score = 0.0
    triggered_rules = 0
    if total_rules > 0:
        triggered_rules = triggered_rules_count
        detection_score = min(triggered_rules / total_rules, 1.0) * WEIGHTS["detection"]

    # Countermeasures of D3FEND
    defense_score = min(total_countermeasures / 5, 1.0) * WEIGHTS["defense"]

    # Freshness
    most_recent_test = max(
        (test.created_at for test in all_tests if test.state == TestState.validated), default=None
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
