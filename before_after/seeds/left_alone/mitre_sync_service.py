"""The techniques that are known are fetched before the loop that updates and inserts."""

from __future__ import annotations

import logging
from typing import Any

from soc.models import Technique
from sqlalchemy.orm import Session

logger = logging.getLogger(__name__)


def _mitre_id(item: dict[str, Any]) -> str | None:
    for reference in item.get("external_references", []):
        if reference.get("source_name") == "mitre-attack":
            return reference.get("external_id")
    return None


def _tactics(item: dict[str, Any]) -> str:
    phases = item.get("kill_chain_phases", [])
    return ",".join(phase["phase_name"] for phase in phases)


def sync_mitre(db: Session, bundle: dict[str, Any]) -> dict[str, int]:
    """Bring the techniques up to date with a bundle of MITRE ATT&CK."""
    existing_techniques = {t.mitre_id: t for t in db.query(Technique).all()}
    created = updated = unchanged = 0
    for item in bundle.get("objects", []):
        if item.get("type") != "attack-pattern" or item.get("revoked"):
            continue
        mitre_id = _mitre_id(item)
        if mitre_id is None:
            continue
        name, tactics = item["name"], _tactics(item)
        technique = existing_techniques.get(mitre_id)
        if technique is None:
            technique = Technique(mitre_id=mitre_id, name=name, tactic=tactics)
            db.add(technique)
            existing_techniques[mitre_id] = technique
            created += 1
        elif (technique.name, technique.tactic) != (name, tactics):
            technique.name = name
            technique.tactic = tactics
            updated += 1
        else:
            unchanged += 1
    db.commit()
    logger.info("MITRE: %d created, %d updated, %d unchanged", created, updated, unchanged)
    return {"created": created, "updated": updated, "unchanged": unchanged}
