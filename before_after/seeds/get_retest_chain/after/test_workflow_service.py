"""A chain of retests: a test is fetched for a key with which it may be fetched again."""

from __future__ import annotations

from typing import Any

from soc.models import Test
from sqlalchemy import or_
from sqlalchemy.orm import Session


def _summary(test: Test) -> dict[str, Any]:
    return {
        "id": test.id,
        "name": test.name,
        "state": test.state.value,
        "result": test.result.value if test.result else None,
        "retest_count": test.retest_count,
    }


def get_retest_chain(db: Session, tid: int) -> list[dict[str, Any]]:
    """A test that was made again, and all that were made again of it, the oldest first."""
    test = db.query(Test).filter(Test.id == tid).first()
    if not test:
        return []
    original_id = test.retest_of or test.id

    tests = (
        db.query(Test)
        .filter(or_(Test.id == original_id, Test.retest_of == original_id))
        .order_by(Test.created_at, Test.id)
        .all()
    )
    original = next((row for row in tests if row.id == original_id), None)
    retests = [row for row in tests if row.retest_of == original_id]
    chain = [_summary(original)] if original else []
    chain.extend(_summary(retest) for retest in retests)
    return chain
