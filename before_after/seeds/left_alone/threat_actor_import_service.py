"""Actors, techniques and what ties them are fetched before the loops that insert."""

from __future__ import annotations

from typing import Any

from soc.models import Technique, ThreatActor, ThreatActorTechnique
from sqlalchemy.orm import Session


def import_threat_actors(db: Session, bundle: dict[str, Any]) -> dict[str, int]:
    """Take over the groups of MITRE ATT&CK, and the techniques that each of them uses."""
    groups = {
        item["id"]: item
        for item in bundle.get("objects", [])
        if item.get("type") == "intrusion-set" and not item.get("revoked")
    }
    existing_actors = {actor.name: actor for actor in db.query(ThreatActor).all()}
    technique_by_mitre_id = {t.mitre_id: t for t in db.query(Technique).all()}
    existing_rels = {
        (rel.threat_actor_id, rel.technique_id) for rel in db.query(ThreatActorTechnique).all()
    }

    actors = 0
    for group in groups.values():
        actor = existing_actors.get(group["name"])
        if actor is None:
            actor = ThreatActor(name=group["name"])
            db.add(actor)
            existing_actors[group["name"]] = actor
            actors += 1
        actor.aliases = ",".join(group.get("aliases", []))
    db.flush()

    relations = 0
    for item in bundle.get("objects", []):
        if item.get("type") != "relationship" or item.get("relationship_type") != "uses":
            continue
        group = groups.get(item["source_ref"])
        technique = technique_by_mitre_id.get(item.get("target_mitre_id", ""))
        if group is None or technique is None:
            continue
        actor = existing_actors[group["name"]]
        if (actor.id, technique.id) in existing_rels:
            continue
        db.add(
            ThreatActorTechnique(
                threat_actor_id=actor.id,
                technique_id=technique.id,
                usage=item.get("description"),
            )
        )
        existing_rels.add((actor.id, technique.id))
        relations += 1
    db.commit()
    return {"actors": actors, "relations": relations}
