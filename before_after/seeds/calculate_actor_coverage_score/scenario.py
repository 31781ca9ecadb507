from soc.models import DetectionRule, Technique, ThreatActorTechnique

MODELS = "soc"
MODULE = "scoring_service"
RULES = ("batch-helper",)


def scenario(module, session):
    return module.calculate_actor_coverage_score(1, session)


def sizes(session):
    ruled = {
        mitre_id
        for (mitre_id,) in session.query(DetectionRule.mitre_technique_id).filter(
            DetectionRule.is_active
        )
    }
    asked = [5 if row.mitre_id in ruled else 4 for row in _techniques(session)]
    return {"before": sum(asked), "after": max(asked, default=0)}


def statements(sizes):
    # Without an actor, its techniques are not asked for.
    own = 2 if sizes["before"] else 1
    return own + sizes["before"], own + sizes["after"]


def _techniques(session):
    return (
        session.query(Technique)
        .join(ThreatActorTechnique, ThreatActorTechnique.technique_id == Technique.id)
        .filter(ThreatActorTechnique.threat_actor_id == 1)
        .all()
    )
