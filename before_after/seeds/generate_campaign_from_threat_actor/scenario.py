from soc.models import Technique, Test, TestState, ThreatActor, ThreatActorTechnique

MODELS = "soc"
MODULE = "campaign_service"
RULES = ("hoist-lookup",)


def scenario(module, session):
    return module.generate_campaign_from_threat_actor(session, 1, None)


def sizes(session):
    tested = session.query(Test.technique_id).filter(Test.state == TestState.validated)
    done = {key for (key,) in tested}
    found = (
        session.query(Technique.id)
        .join(ThreatActorTechnique, ThreatActorTechnique.technique_id == Technique.id)
        .filter(ThreatActorTechnique.threat_actor_id == 1)
    )
    gaps = [key for (key,) in found if key not in done]
    return {
        "actors": session.query(ThreatActor).filter_by(id=1).count(),
        "gap_techniques": len(gaps),
        "mitre_ids": len(set(gaps)),
    }


def statements(sizes):
    own = 4 if sizes["actors"] else 1
    return own + sizes["gap_techniques"], own + bool(sizes["mitre_ids"])
