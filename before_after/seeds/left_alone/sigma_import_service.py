"""The identifiers that are known are fetched before the loop that inserts."""

from __future__ import annotations

import logging
from typing import Any

from soc.models import DetectionRule
from sqlalchemy.orm import Session

logger = logging.getLogger(__name__)


def _mitre_ids(tags: list[str]) -> list[str]:
    prefix = "attack.t"
    return sorted({tag[len("attack.") :].upper() for tag in tags if tag.lower().startswith(prefix)})


def import_sigma_rules(db: Session, rules: list[dict[str, Any]]) -> dict[str, int]:
    """Take over the rules of Sigma that name a technique."""
    existing_ids = {
        row[0]
        for row in db.query(DetectionRule.source_id).filter(DetectionRule.source == "sigma").all()
    }
    created = skipped = broken = 0
    for rule in rules:
        try:
            rule_id, title = rule["id"], rule["title"]
        except KeyError as error:
            logger.warning("a rule has no %s", error)
            broken += 1
            continue
        for mitre_id in _mitre_ids(rule.get("tags") or []):
            source_id = f"{rule_id}/{mitre_id}"
            if source_id in existing_ids:
                skipped += 1
                continue
            db.add(
                DetectionRule(
                    mitre_technique_id=mitre_id,
                    title=title,
                    source="sigma",
                    source_id=source_id,
                    severity=rule.get("level"),
                    is_active=rule.get("status") != "deprecated",
                )
            )
            existing_ids.add(source_id)
            created += 1
    db.commit()
    return {"created": created, "skipped": skipped, "broken": broken}
