from sqlalchemy.orm import Session

from app.models import Technique, ThreatActor, ThreatActorTechnique


def import_actors(db: Session, actors: list[dict]) -> int:
    existing_actors = {actor.name: actor for actor in db.query(ThreatActor).all()}
    technique_by_mitre_id = {t.mitre_id: t.id for t in db.query(Technique).all()}
    existing_rels = {
        (rel.threat_actor_id, rel.technique_id) for rel in db.query(ThreatActorTechnique).all()
    }
    created = 0
    for data in actors:
        actor = existing_actors.get(data["name"])
        if not actor:
            actor = ThreatActor(name=data["name"])
            db.add(actor)
            db.flush()
            existing_actors[actor.name] = actor
        for mitre_id in data["techniques"]:
            technique_id = technique_by_mitre_id.get(mitre_id)
            if technique_id is None or (actor.id, technique_id) in existing_rels:
                continue
            db.add(ThreatActorTechnique(threat_actor_id=actor.id, technique_id=technique_id))
            existing_rels.add((actor.id, technique_id))
            created += 1
    db.commit()
    return created
