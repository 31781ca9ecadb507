"""How well a technique, a tactic, an actor and the whole organization are covered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

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


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class TechniqueScoreData(NamedTuple):
    """What calculate_technique_score() needs to know."""

    all_tests: dict[int, list[Test]]
    total_rules: dict[int, int]
    triggered_rules: dict[int, int]
    total_countermeasures: dict[int, int]
    most_recent_tests: dict[int, Any]


def load_technique_score_data(techniques: Collection[Technique], db: Session) -> TechniqueScoreData:
    """Fetch the data of calculate_technique_score() for all of these techniques."""
    all_tests: dict[int, list[Test]] = {}
    total_rules: dict[int, int] = {}
    total_countermeasures: dict[int, int] = {}
    most_recent_tests: dict[int, Any] = {}
    for technique_ids in _chunks(technique.id for technique in techniques):
        for test in db.query(Test).filter(Test.technique_id.in_(technique_ids)).order_by(Test.id):
            all_tests.setdefault(test.technique_id, []).append(test)
        for technique_id, count in (
            db.query(DetectionRule.technique_id, func.count(DetectionRule.id))
            .filter(DetectionRule.technique_id.in_(technique_ids))
            .group_by(DetectionRule.technique_id)
        ):
            total_rules[technique_id] = count
        for technique_id, count in (
            db.query(Countermeasure.technique_id, func.count(Countermeasure.id))
            .filter(Countermeasure.technique_id.in_(technique_ids))
            .group_by(Countermeasure.technique_id)
        ):
            total_countermeasures[technique_id] = count
        for technique_id, value in (
            db.query(Test.technique_id, func.max(Test.validated_at))
            .filter(Test.technique_id.in_(technique_ids), Test.state == TestState.validated)
            .group_by(Test.technique_id)
        ):
            most_recent_tests[technique_id] = value
    triggered_rules: dict[int, int] = {}
    for technique_ids in _chunks(
        technique.id for technique in techniques if total_rules.get(technique.id, 0) > 0
    ):
        for technique_id, count in (
            db.query(Test.technique_id, func.count(DetectionResult.id))
            .select_from(DetectionResult)
            .join(Test, Test.id == DetectionResult.test_id)
            .filter(Test.technique_id.in_(technique_ids), DetectionResult.triggered == 1)
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
    all_tests = data.all_tests.get(technique.id, [])
    validated = [test for test in all_tests if test.state == TestState.validated]
    test_score = WEIGHTS["tests"] * len(validated) / len(all_tests) if all_tests else 0.0

    # Detection
    total_rules = data.total_rules.get(technique.id, 0)
    rule_score = 0.0
    triggered_rules = 0
    if total_rules > 0:
        triggered_rules = data.triggered_rules.get(technique.id, 0)
        rule_score = WEIGHTS["rules"] * min(1.0, triggered_rules / total_rules)

    # Defence
    total_countermeasures = data.total_countermeasures.get(technique.id, 0)
    measure_score = min(float(WEIGHTS["measures"]), 5.0 * total_countermeasures)

    most_recent_test = data.most_recent_tests.get(technique.id)
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
    data = load_technique_score_data(techniques, db)
    for tech in techniques:
        result = calculate_technique_score(tech, db, data=data)
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
    data = load_technique_score_data(techniques, db)
    scores = [calculate_technique_score(tech, db, data=data)["score"] for tech in techniques]
    return {"actor": actor, "covered": sum(1 for score in scores if score >= 50), "of": len(scores)}


def calculate_organization_score(db: Session) -> dict[str, Any]:
    all_techniques = db.query(Technique).order_by(Technique.id).all()
    total = 0.0
    data = load_technique_score_data(all_techniques, db)
    for tech in all_techniques:
        result = calculate_technique_score(tech, db, data=data)
        total += result["score"]

    critical_techniques = [tech for tech in all_techniques if tech.critical]
    gaps = []
    for tech in critical_techniques:
        result = calculate_technique_score(tech, db, data=data)
        if result["score"] < 50:
            gaps.append(result["technique"])
    average = round(total / len(all_techniques), 2) if all_techniques else 0.0
    return {"score": average, "gaps": gaps}
