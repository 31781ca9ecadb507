"""The identifiers that are known are fetched before the loop that inserts."""

from __future__ import annotations

from typing import Any

from soc.models import TestTemplate
from sqlalchemy.orm import Session


def import_lolbas(db: Session, entries: list[dict[str, Any]], source: str = "lolbas") -> int:
    """Take over what can be done with binaries that every system has."""
    existing_ids = {
        row.source_id
        for row in db.query(TestTemplate.source_id).filter(TestTemplate.source == source)
    }
    created = 0
    for entry in entries:
        name = entry["Name"]
        for number, command in enumerate(entry.get("Commands", [])):
            mitre_id = command.get("MitreID")
            if not mitre_id:
                continue
            source_id = f"{source}:{name}:{number}"
            if source_id in existing_ids:
                continue
            existing_ids.add(source_id)
            db.add(
                TestTemplate(
                    mitre_technique_id=mitre_id,
                    name=f"{name}: {command.get('Usecase', 'execute')}"[:200],
                    source=source,
                    source_id=source_id,
                    platform="Linux" if source == "gtfobins" else "Windows",
                    attack_procedure=command["Command"],
                )
            )
            created += 1
    db.commit()
    return created
