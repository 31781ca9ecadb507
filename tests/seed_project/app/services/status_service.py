from sqlalchemy.orm import Session

from app.models import Technique, TestState


def recalculate_technique_status(db: Session, technique: Technique) -> str:
    tests = technique.tests
    if not tests:
        return "not_evaluated"
    states = {t.state for t in tests}
    return "validated" if states == {TestState.validated} else "partial"
