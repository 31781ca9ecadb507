from sqlalchemy.orm import Session

from app.models import (
    CampaignTest,
    Technique,
    TestState,
    TestTemplate,
    ThreatActorTechnique,
)


def get_campaign_progress(db: Session, campaign_id) -> dict:
    campaign_tests = db.query(CampaignTest).filter(CampaignTest.campaign_id == campaign_id).all()
    done = 0
    for ct in campaign_tests:
        test = ct.test
        if test.state == TestState.validated:
            done += 1
    return {"total": len(campaign_tests), "done": done}


def generate_campaign_from_threat_actor(db: Session, actor_id) -> list[str]:
    gap_techniques = (
        db.query(Technique, ThreatActorTechnique)
        .join(ThreatActorTechnique, ThreatActorTechnique.technique_id == Technique.id)
        .filter(ThreatActorTechnique.threat_actor_id == actor_id)
        .all()
    )
    names = []
    for tech, _at in gap_techniques:
        template = (
            db.query(TestTemplate)
            .filter(
                TestTemplate.mitre_technique_id == tech.mitre_id,
                TestTemplate.is_active == True,  # noqa: E712
            )
            .first()
        )
        names.append(template.name if template else f"Test {tech.name}")
    return names
