"""A campaign for a threat actor: a template is looked up for each technique without a test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

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
from sqlalchemy import func
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


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
    test_templates: dict[str, TestTemplate] = {}
    for mitre_technique_ids in _chunks(tech.mitre_id for tech, _at in gap_techniques):
        ranked = (
            db.query(
                TestTemplate.id,
                func.row_number()
                .over(partition_by=TestTemplate.mitre_technique_id, order_by=TestTemplate.id)
                .label("position"),
            )
            .filter(
                TestTemplate.mitre_technique_id.in_(mitre_technique_ids),
                TestTemplate.is_active.is_(True),
            )
            .subquery()
        )
        for test_template in (
            db.query(TestTemplate)
            .join(ranked, TestTemplate.id == ranked.c.id)
            .filter(ranked.c.position == 1)
        ):
            test_templates[test_template.mitre_technique_id] = test_template
    for tech, _at in gap_techniques:
        template = test_templates.get(tech.mitre_id)
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
