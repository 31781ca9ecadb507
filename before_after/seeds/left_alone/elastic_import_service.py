"""The identifiers that are known are fetched before the loop that inserts."""

from __future__ import annotations

from typing import Any

from soc.models import DetectionRule
from sqlalchemy.orm import Session


def _techniques(rule: dict[str, Any]) -> list[str]:
    found = []
    for threat in rule.get("threat", []):
        if threat.get("framework") != "MITRE ATT&CK":
            continue
        for technique in threat.get("technique", []):
            found.append(technique["id"])
            found.extend(sub["id"] for sub in technique.get("subtechnique", []))
    return found


def import_elastic_rules(db: Session, documents: list[dict[str, Any]]) -> dict[str, int]:
    """Take over the detection rules of Elastic, one row for each technique of a rule."""
    existing_ids = {
        source_id
        for (source_id,) in db.query(DetectionRule.source_id)
        .filter(DetectionRule.source == "elastic")
        .all()
    }
    created = 0
    for document in documents:
        rule = document["rule"]
        for mitre_id in _techniques(rule):
            source_id = f"{rule['rule_id']}:{mitre_id}"
            if source_id in existing_ids:
                continue
            db.add(
                DetectionRule(
                    mitre_technique_id=mitre_id,
                    title=rule["name"],
                    source="elastic",
                    source_id=source_id,
                    severity=rule.get("severity"),
                )
            )
            existing_ids.add(source_id)
            created += 1
    db.commit()
    return {"created": created, "documents": len(documents)}
