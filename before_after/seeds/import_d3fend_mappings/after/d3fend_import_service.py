"""D3FEND's mappings: in two loops, each pair is looked up before it is added."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from soc.models import DefensiveTechnique, DefensiveTechniqueMapping, Technique
from sqlalchemy import tuple_
from sqlalchemy.orm import Session

logger = logging.getLogger(__name__)

_ATTACK_TO_D3FEND: dict[str, list[str]] = {
    f"T{1000 + i}": [f"D3-{(i * k) % 40}" for k in range(1, i % 4 + 2)] for i in range(1, 60)
}


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def import_d3fend_mappings(db: Session) -> dict[str, int]:
    """Add what D3FEND says of which technique defends against which attack."""
    attack_by_mitre_id = {t.mitre_id: t for t in db.query(Technique).all()}
    defense_by_id = {t.d3fend_id: t for t in db.query(DefensiveTechnique).all()}

    created = 0
    skipped = 0
    missing = 0
    items = list(_ATTACK_TO_D3FEND.items())
    known_attack_technique_id_and_defensive_technique_ids: set[tuple[int, int]] = set()
    for attack_technique_id_and_defensive_technique_ids in _chunks(
        (attack_by_mitre_id[mitre_id].id, defense_by_id[d3fend_id].id)
        for mitre_id, d3fend_ids in items
        if mitre_id in attack_by_mitre_id
        for d3fend_id in d3fend_ids
        if d3fend_id in defense_by_id
    ):
        known_attack_technique_id_and_defensive_technique_ids.update(
            (attack_technique_id, defensive_technique_id)
            for attack_technique_id, defensive_technique_id in db.query(
                DefensiveTechniqueMapping.attack_technique_id,
                DefensiveTechniqueMapping.defensive_technique_id,
            )
            .filter(
                tuple_(
                    DefensiveTechniqueMapping.attack_technique_id,
                    DefensiveTechniqueMapping.defensive_technique_id,
                ).in_(attack_technique_id_and_defensive_technique_ids)
            )
            .distinct()
        )
    for mitre_id, d3fend_ids in items:
        attack_tech = attack_by_mitre_id.get(mitre_id)
        if not attack_tech:
            missing += 1
            continue
        for d3fend_id in d3fend_ids:
            def_tech = defense_by_id.get(d3fend_id)
            if not def_tech:
                continue
            existing = (
                attack_tech.id,
                def_tech.id,
            ) in known_attack_technique_id_and_defensive_technique_ids
            if existing:
                skipped += 1
                continue
            db.add(
                DefensiveTechniqueMapping(
                    attack_technique_id=attack_tech.id,
                    defensive_technique_id=def_tech.id,
                )
            )
            known_attack_technique_id_and_defensive_technique_ids.add((attack_tech.id, def_tech.id))
            created += 1
    db.commit()
    logger.info("D3FEND: %d mappings created, %d known", created, skipped)
    return {"created": created, "skipped": skipped, "missing": missing}
