from sqlalchemy.orm import Session

from app.models import DefensiveTechnique, DefensiveTechniqueMapping, Technique


def import_framework(db: Session, controls: list[dict]) -> int:
    all_techniques = {t.mitre_id: t for t in db.query(Technique).all()}
    existing_controls = {c.d3fend_id: c for c in db.query(DefensiveTechnique).all()}
    existing_mappings = {
        (m.attack_technique_id, m.defensive_technique_id)
        for m in db.query(DefensiveTechniqueMapping).all()
    }
    created = 0
    for control in controls:
        row = existing_controls.get(control["id"])
        if row is None:
            row = DefensiveTechnique(d3fend_id=control["id"], name=control["name"])
            db.add(row)
            db.flush()
            existing_controls[control["id"]] = row
        for mitre_id in control["techniques"]:
            technique = all_techniques.get(mitre_id)
            if technique is None or (technique.id, row.id) in existing_mappings:
                continue
            db.add(
                DefensiveTechniqueMapping(
                    attack_technique_id=technique.id, defensive_technique_id=row.id
                )
            )
            existing_mappings.add((technique.id, row.id))
            created += 1
    db.commit()
    return created
