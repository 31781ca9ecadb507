"""A technique's countermeasures: the technique of each mapping is loaded by itself."""

from __future__ import annotations

from typing import Any

from soc.models import DefensiveTechniqueMapping, Technique
from sqlalchemy.orm import Session, selectinload


def get_defenses_for_technique(db: Session, mitre_id: str) -> list[dict[str, Any]]:
    """What D3FEND knows against a technique, by its tactic and name."""
    technique = db.query(Technique).filter(Technique.mitre_id == mitre_id).first()
    if technique is None:
        return []

    mappings = (
        db.query(DefensiveTechniqueMapping)
        .options(selectinload(DefensiveTechniqueMapping.defensive_technique))
        .filter(DefensiveTechniqueMapping.attack_technique_id == technique.id)
        .order_by(DefensiveTechniqueMapping.id)
        .all()
    )
    defenses = []
    for m in mappings:
        dt = m.defensive_technique
        defenses.append(
            {
                "d3fend_id": dt.d3fend_id,
                "name": dt.name,
                "tactic": dt.tactic,
                "url": dt.url,
            }
        )
    return sorted(defenses, key=lambda d: (d["tactic"] or "", d["name"], d["d3fend_id"]))
