from sqlalchemy.orm import Session

from app.models import DefensiveTechnique, DefensiveTechniqueMapping, Technique

_ATTACK_TO_D3FEND = {
    "T1059": ["D3-PSA", "D3-SCA"],
    "T1078": ["D3-UAP"],
}


def _upsert_techniques(db: Session, techniques: list[dict]) -> tuple[int, int]:
    created = 0
    updated = 0
    for tech_data in techniques:
        existing = (
            db.query(DefensiveTechnique)
            .filter(DefensiveTechnique.d3fend_id == tech_data["d3fend_id"])
            .first()
        )
        if existing:
            existing.name = tech_data["name"]
            existing.tactic = tech_data.get("tactic")
            updated += 1
        else:
            db.add(
                DefensiveTechnique(
                    d3fend_id=tech_data["d3fend_id"],
                    name=tech_data["name"],
                    tactic=tech_data.get("tactic"),
                )
            )
            created += 1
    db.commit()
    return created, updated


def import_d3fend_mappings(db: Session) -> int:
    attack = {t.mitre_id: t for t in db.query(Technique).all()}
    defensive = {t.d3fend_id: t for t in db.query(DefensiveTechnique).all()}
    created = 0
    for mitre_id, d3fend_ids in _ATTACK_TO_D3FEND.items():
        attack_tech = attack.get(mitre_id)
        if not attack_tech:
            continue
        for d3fend_id in d3fend_ids:
            def_tech = defensive.get(d3fend_id)
            if not def_tech:
                continue
            existing = (
                db.query(DefensiveTechniqueMapping)
                .filter(
                    DefensiveTechniqueMapping.attack_technique_id == attack_tech.id,
                    DefensiveTechniqueMapping.defensive_technique_id == def_tech.id,
                )
                .first()
            )
            if existing:
                continue
            db.add(
                DefensiveTechniqueMapping(
                    attack_technique_id=attack_tech.id, defensive_technique_id=def_tech.id
                )
            )
            created += 1
    db.commit()
    return created


def get_defenses_for_technique(db: Session, technique_id) -> list[dict]:
    mappings = (
        db.query(DefensiveTechniqueMapping)
        .filter(DefensiveTechniqueMapping.attack_technique_id == technique_id)
        .all()
    )
    defenses = []
    for m in mappings:
        dt = m.defensive_technique
        defenses.append({"d3fend_id": dt.d3fend_id, "name": dt.name})
    return defenses
