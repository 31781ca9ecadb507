"""The techniques of D3FEND: each is looked up before it is updated or added."""

from __future__ import annotations

import logging
from typing import Any

from soc.models import DefensiveTechnique
from sqlalchemy.orm import Session

logger = logging.getLogger(__name__)

_BASE_URL = "https://d3fend.mitre.org/technique/"


def _upsert_techniques(db: Session, techniques: list[dict[str, Any]]) -> tuple[int, int]:
    """Take over D3FEND's techniques; gives how many were created and how many updated."""
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
            created += 1
    db.commit()
    logger.info("D3FEND: %d created, %d updated", created, updated)
    return created, updated
