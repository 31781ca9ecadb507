"""The status of a technique: its tests are loaded where the caller has not loaded them."""

from __future__ import annotations

from soc.models import Technique, TechniqueStatus, TestResult, TestState
from sqlalchemy.orm import Session


def recalculate_technique_status(db: Session, technique: Technique) -> TechniqueStatus:
    """Work the status of a technique out of its tests."""
    tests = technique.tests
    if not tests:
        technique.status = TechniqueStatus.not_evaluated
        db.flush()
        return technique.status

    validated = [test for test in tests if test.state == TestState.validated]
    if not validated:
        technique.status = TechniqueStatus.in_progress
        db.flush()
        return technique.status

    results = {test.result for test in validated}
    if results == {TestResult.detected}:
        status = TechniqueStatus.validated
    elif TestResult.detected in results or TestResult.partially_detected in results:
        status = TechniqueStatus.partial
    else:
        status = TechniqueStatus.not_covered
    technique.status = status
    db.flush()
    return status


def on_test_validated(db: Session, technique_id: int) -> TechniqueStatus | None:
    """Bring the status of a technique up to date after one of its tests was validated."""
    technique = db.query(Technique).filter(Technique.id == technique_id).first()
    if technique is None:
        return None
    return recalculate_technique_status(db, technique)
