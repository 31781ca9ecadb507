"""A campaign is cloned: the test of each of its entries is loaded by itself."""

from __future__ import annotations

from soc.models import Campaign, CampaignTest, Test, TestState, utcnow
from sqlalchemy.orm import Session


def _clone_campaign(db: Session, original: Campaign) -> Campaign:
    """A new run of a recurring campaign, with fresh copies of its tests."""
    clone = Campaign(
        name=f"{original.name} ({utcnow():%Y-%m-%d})",
        description=original.description,
        status="active",
        threat_actor_id=original.threat_actor_id,
        created_by=original.created_by,
        parent_campaign_id=original.id,
    )
    db.add(clone)
    db.flush()

    original_cts = (
        db.query(CampaignTest)
        .filter(CampaignTest.campaign_id == original.id)
        .order_by(CampaignTest.order_index, CampaignTest.id)
        .all()
    )
    copies = []
    for ct in original_cts:
        src_test = ct.test
        copies.append(
            (
                ct,
                Test(
                    technique_id=src_test.technique_id,
                    name=src_test.name,
                    description=src_test.description,
                    platform=src_test.platform,
                    state=TestState.draft,
                    created_by=original.created_by,
                    created_at=utcnow(),
                ),
            )
        )
    db.add_all([test for _, test in copies])
    db.flush()
    for ct, test in copies:
        db.add(
            CampaignTest(
                campaign_id=clone.id,
                test_id=test.id,
                order_index=ct.order_index,
                phase=ct.phase,
            )
        )
    db.commit()
    return clone
