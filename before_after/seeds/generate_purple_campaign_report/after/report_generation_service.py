"""The report of a campaign: the technique of each of its tests is looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from soc.models import Campaign, CampaignTest, Technique, Test, TestResult, utcnow
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def generate_purple_campaign_report(db: Session, campaign_id: int) -> dict[str, Any]:
    """What a campaign tried, and what of it was seen."""
    campaign = db.query(Campaign).filter(Campaign.id == campaign_id).first()
    if campaign is None:
        raise ValueError("Campaign not found")

    campaign_tests = (
        db.query(Test)
        .join(CampaignTest, CampaignTest.test_id == Test.id)
        .filter(CampaignTest.campaign_id == campaign.id)
        .order_by(CampaignTest.order_index, Test.id)
        .all()
    )
    rows = []
    seen = 0
    techniques: dict[int, Technique] = {}
    for ids in _chunks(test.technique_id for test in campaign_tests):
        for row in db.query(Technique).filter(Technique.id.in_(ids)):
            techniques[row.id] = row
    for test in campaign_tests:
        technique = techniques.get(test.technique_id)
        if test.result == TestResult.detected:
            seen += 1
        rows.append(
            {
                "test": test.name,
                "technique": f"{technique.mitre_id} {technique.name}" if technique else "-",
                "tactic": technique.tactic if technique else None,
                "state": test.state.value,
                "result": test.result.value if test.result else "pending",
            }
        )

    return {
        "title": f"Purple team report: {campaign.name}",
        "generated_at": utcnow().isoformat(),
        "tests": rows,
        "detection_rate": round(seen / len(rows) * 100, 1) if rows else 0.0,
    }
