"""The score of a tactic: five queries for each of its techniques."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

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


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class TechniqueScoreData(NamedTuple):
    """What calculate_technique_score() needs to know."""

    all_tests: dict[int, list[Test]]
    total_rules: dict[str, int]
    triggered_rules: dict[int, int]
    total_countermeasures: dict[int, int]
    most_recent_tests: dict[int, Any]


def load_technique_score_data(techniques: Collection[Technique], db: Session) -> TechniqueScoreData:
    """Fetch the data of calculate_technique_score() for all of these techniques."""
    all_tests: dict[int, list[Test]] = {}
    total_countermeasures: dict[int, int] = {}
    most_recent_tests: dict[int, Any] = {}
    for technique_ids in _chunks(technique.id for technique in techniques):
        for test in db.query(Test).filter(Test.technique_id.in_(technique_ids)):
            all_tests.setdefault(test.technique_id, []).append(test)
        for attack_technique_id, count in (
            db.query(
                DefensiveTechniqueMapping.attack_technique_id,
                func.count(DefensiveTechniqueMapping.id),
            )
            .filter(DefensiveTechniqueMapping.attack_technique_id.in_(technique_ids))
            .group_by(DefensiveTechniqueMapping.attack_technique_id)
        ):
            total_countermeasures[attack_technique_id] = count
        for technique_id, value in (
            db.query(Test.technique_id, func.max(Test.created_at))
            .filter(Test.technique_id.in_(technique_ids), Test.state == TestState.validated)
            .group_by(Test.technique_id)
        ):
            most_recent_tests[technique_id] = value
    total_rules: dict[str, int] = {}
    for mitre_technique_ids in _chunks(technique.mitre_id for technique in techniques):
        for mitre_technique_id, count in (
            db.query(DetectionRule.mitre_technique_id, func.count(DetectionRule.id))
            .filter(
                DetectionRule.mitre_technique_id.in_(mitre_technique_ids),
                DetectionRule.is_active.is_(True),
            )
            .group_by(DetectionRule.mitre_technique_id)
        ):
            total_rules[mitre_technique_id] = count
    triggered_rules: dict[int, int] = {}
    for technique_ids in _chunks(
        technique.id for technique in techniques if total_rules.get(technique.mitre_id, 0) > 0
    ):
        for technique_id, count in (
            db.query(Test.technique_id, func.count(TestDetectionResult.id))
            .select_from(TestDetectionResult)
            .join(Test, Test.id == TestDetectionResult.test_id)
            .filter(Test.technique_id.in_(technique_ids), TestDetectionResult.triggered.is_(True))
            .group_by(Test.technique_id)
        ):
            triggered_rules[technique_id] = count
    return TechniqueScoreData(
        all_tests, total_rules, triggered_rules, total_countermeasures, most_recent_tests
    )


def calculate_technique_score(
    technique: Technique, db: Session, *, data: TechniqueScoreData | None = None
) -> dict[str, Any]:
    """The score of one technique, from 0 to 100, and what it is made of."""
    if data is None:
        data = load_technique_score_data([technique], db)
    # Tests
    all_tests = data.all_tests.get(technique.id, [])
    validated = [test for test in all_tests if test.state == TestState.validated]
    detected = [test for test in validated if test.result == TestResult.detected]
    partial = [test for test in validated if test.result == TestResult.partially_detected]
    test_score = 0.0
    if validated:
        test_score = (len(detected) + len(partial) * 0.5) / len(validated) * WEIGHTS["tests"]

    # Detection rules
    total_rules = data.total_rules.get(technique.mitre_id, 0)
    detection_score = 0.0
    triggered_rules = 0
    if total_rules > 0:
        triggered_rules = data.triggered_rules.get(technique.id, 0)
        detection_score = min(triggered_rules / total_rules, 1.0) * WEIGHTS["detection"]

    # Countermeasures of D3FEND
    total_countermeasures = data.total_countermeasures.get(technique.id, 0)
    defense_score = min(total_countermeasures / 5, 1.0) * WEIGHTS["defense"]

    # Freshness
    most_recent_test = data.most_recent_tests.get(technique.id)
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


def calculate_tactic_score(tactic: str, db: Session) -> dict[str, Any]:
    """The average score of a tactic's techniques."""
    techniques = (
        db.query(Technique).filter(Technique.tactic == tactic).order_by(Technique.mitre_id).all()
    )
    if not techniques:
        return {"tactic": tactic, "score": 0.0, "techniques": [], "covered": 0}

    scores = []
    covered = 0
    data = load_technique_score_data(techniques, db)
    for tech in techniques:
        result = calculate_technique_score(tech, db, data=data)
        scores.append(result["total_score"])
        if result["validated"] > 0:
            covered += 1

    return {
        "tactic": tactic,
        "score": round(sum(scores) / len(scores), 1),
        "techniques": [tech.mitre_id for tech in techniques],
        "covered": covered,
    }
