"""D3FEND's mappings: in two loops, each pair is looked up before it is added."""

from __future__ import annotations

import logging

from soc.models import DefensiveTechnique, DefensiveTechniqueMapping, Technique
from sqlalchemy.orm import Session

logger = logging.getLogger(__name__)

_ATTACK_TO_D3FEND: dict[str, list[str]] = {
    f"T{1000 + i}": [f"D3-{(i * k) % 40}" for k in range(1, i % 4 + 2)] for i in range(1, 60)
}


def import_d3fend_mappings(db: Session) -> dict[str, int]:
    """Add what D3FEND says of which technique defends against which attack."""
    attack_by_mitre_id = {t.mitre_id: t for t in db.query(Technique).all()}
    defense_by_id = {t.d3fend_id: t for t in db.query(DefensiveTechnique).all()}

    created = 0
    skipped = 0
    missing = 0
    for mitre_id, d3fend_ids in _ATTACK_TO_D3FEND.items():
        attack_tech = attack_by_mitre_id.get(mitre_id)
        if not attack_tech:
            missing += 1
            continue
        for d3fend_id in d3fend_ids:
            def_tech = defense_by_id.get(d3fend_id)
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
                skipped += 1
                continue
            db.add(
                DefensiveTechniqueMapping(
                    attack_technique_id=attack_tech.id,
                    defensive_technique_id=def_tech.id,
                )
            )
            created += 1
    db.commit()
    logger.info("D3FEND: %d mappings created, %d known", created, skipped)
    return {"created": created, "skipped": skipped, "missing": missing}
