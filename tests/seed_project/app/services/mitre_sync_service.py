from sqlalchemy.orm import Session

from app.models import Technique


def sync_mitre(db: Session, objects: list[dict]) -> dict:
    existing_techniques = {t.mitre_id: t for t in db.query(Technique).all()}
    created = updated = 0
    for obj in objects:
        technique = existing_techniques.get(obj["external_id"])
        if technique is None:
            technique = Technique(mitre_id=obj["external_id"], name=obj["name"])
            db.add(technique)
            existing_techniques[obj["external_id"]] = technique
            created += 1
        elif technique.name != obj["name"]:
            technique.name = obj["name"]
            updated += 1
    db.commit()
    return {"created": created, "updated": updated}
