"""The techniques of D3FEND: each is looked up before it is updated or added."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from soc.models import DefensiveTechnique
from sqlalchemy.orm import Session

logger = logging.getLogger(__name__)

_BASE_URL = "https://d3fend.mitre.org/technique/"


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def _upsert_techniques(db: Session, techniques: list[dict[str, Any]]) -> tuple[int, int]:
    """Take over D3FEND's techniques; gives how many were created and how many updated."""
    created = 0
    updated = 0
    defensive_techniques: dict[str, DefensiveTechnique] = {}
    for d3fend_ids in _chunks(tech_data["d3fend_id"] for tech_data in techniques):
        for defensive_technique in db.query(DefensiveTechnique).filter(
            DefensiveTechnique.d3fend_id.in_(d3fend_ids)
        ):
            defensive_techniques[defensive_technique.d3fend_id] = defensive_technique
    for tech_data in techniques:
        existing = defensive_techniques.get(tech_data["d3fend_id"])
        if existing:
            existing.name = tech_data["name"]
            existing.tactic = tech_data.get("tactic")
            existing.description = tech_data.get("description")
            updated += 1
        else:
            technique = DefensiveTechnique(
                d3fend_id=tech_data["d3fend_id"],
                name=tech_data["name"],
                tactic=tech_data.get("tactic"),
                description=tech_data.get("description"),
                url=_BASE_URL + tech_data["d3fend_id"],
            )
            db.add(technique)
            defensive_techniques[tech_data["d3fend_id"]] = technique
            created += 1
    db.commit()
    logger.info("D3FEND: %d created, %d updated", created, updated)
    return created, updated
