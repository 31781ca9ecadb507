"""The identifiers that are known are fetched before the loop that inserts."""

from __future__ import annotations

from typing import Any

from soc.models import TestTemplate
from sqlalchemy import select
from sqlalchemy.orm import Session


def _executors(ability: dict[str, Any]) -> tuple[str | None, str | None]:
    for platform, executors in (ability.get("platforms") or {}).items():
        for executor in executors.values():
            command = (executor.get("command") or "").strip()
            if command:
                return platform, command
    return None, None


def import_caldera_abilities(db: Session, abilities: list[dict[str, Any]]) -> dict[str, int]:
    """Take over the abilities of CALDERA that name a technique."""
    existing_ids = set(
        db.execute(select(TestTemplate.source_id).where(TestTemplate.source == "caldera"))
        .scalars()
        .all()
    )
    created = skipped = 0
    for ability in abilities:
        ability_id = ability.get("id")
        technique = (ability.get("technique") or {}).get("attack_id")
        if not ability_id or not technique or ability_id in existing_ids:
            skipped += 1
            continue
        platform, command = _executors(ability)
        db.add(
            TestTemplate(
                mitre_technique_id=technique,
                name=ability.get("name", ability_id),
                source="caldera",
                source_id=ability_id,
                platform=platform,
                attack_procedure=command,
            )
        )
        existing_ids.add(ability_id)
        created += 1
    db.commit()
    return {"created": created, "skipped": skipped}
