"""A campaign for a threat actor: a template is looked up for each technique without a test."""

from __future__ import annotations

from soc.models import (
    Campaign,
    CampaignTest,
    Technique,
    Test,
    TestState,
    TestTemplate,
    ThreatActor,
    ThreatActorTechnique,
    utcnow,
)
from sqlalchemy.orm import Session


def generate_campaign_from_threat_actor(db: Session, actor_id: int, user_id: int) -> int:
    """Make a campaign of all that an actor does and nobody has tested; gives its key."""
    actor = db.query(ThreatActor).filter(ThreatActor.id == actor_id).first()
    if not actor:
        raise ValueError("Threat actor not found")

    tested = {
        technique_id
        for (technique_id,) in db.query(Test.technique_id).filter(Test.state == TestState.validated)
    }
    actor_techniques = (
        db.query(Technique, ThreatActorTechnique)
        .join(ThreatActorTechnique, ThreatActorTechnique.technique_id == Technique.id)
        .filter(ThreatActorTechnique.threat_actor_id == actor.id)
        .order_by(ThreatActorTechnique.id)
        .all()
    )
    gap_techniques = [(tech, at) for tech, at in actor_techniques if tech.id not in tested]

    campaign = Campaign(
        name=f"Emulate {actor.name}",
        threat_actor_id=actor.id,
        created_by=user_id,
        status="draft",
    )
    db.add(campaign)
    db.flush()

    pairs = []
    for tech, _at in gap_techniques:
        template = (
            db.query(TestTemplate)
            .filter(
                TestTemplate.mitre_technique_id == tech.mitre_id,
                TestTemplate.is_active.is_(True),
            )
            .order_by(TestTemplate.id)
            .first()
        )
        test = Test(
            technique_id=tech.id,
            name=template.name if template else f"{actor.name}: {tech.name}",
            description=template.attack_procedure if template else None,
            platform=template.platform if template else None,
            state=TestState.draft,
            created_by=user_id,
            created_at=utcnow(),
        )
        pairs.append((test, tech.tactic))
    db.add_all([test for test, _ in pairs])
    db.flush()

    for index, (test, tactic) in enumerate(pairs):
        db.add(
            CampaignTest(campaign_id=campaign.id, test_id=test.id, order_index=index, phase=tactic)
        )
    db.commit()
    return campaign.id
