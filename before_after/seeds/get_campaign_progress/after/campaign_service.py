"""The progress of a campaign: the test of each of its entries is loaded by itself."""

from __future__ import annotations

from typing import Any

from soc.models import CampaignTest, TestState
from sqlalchemy.orm import Session, selectinload


def get_campaign_progress(db: Session, campaign_id: int) -> dict[str, Any]:
    """How many tests of a campaign are in which state, and how far each phase is."""
    campaign_tests = (
        db.query(CampaignTest)
        .options(selectinload(CampaignTest.test))
        .filter(CampaignTest.campaign_id == campaign_id)
        .order_by(CampaignTest.order_index, CampaignTest.id)
        .all()
    )
    total = len(campaign_tests)
    if not total:
        return {"total": 0, "completed": 0, "percent": 0.0, "by_state": {}, "phases": {}}

    by_state = {state.value: 0 for state in TestState}
    phases: dict[str, list[int]] = {}
    completed = 0
    for ct in campaign_tests:
        test = ct.test
        by_state[test.state.value] += 1
        done = test.state in (TestState.validated, TestState.rejected)
        phase = phases.setdefault(ct.phase or "none", [0, 0])
        phase[1] += 1
        if done:
            completed += 1
            phase[0] += 1

    return {
        "total": total,
        "completed": completed,
        "percent": round(completed / total * 100, 1),
        "by_state": by_state,
        "phases": {name: f"{done}/{of}" for name, (done, of) in phases.items()},
    }
