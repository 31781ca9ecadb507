"""The identifiers that are known are fetched before the loop that inserts."""

from __future__ import annotations

import logging
from typing import Any

from soc.models import AuditLog, TestTemplate, utcnow
from sqlalchemy.orm import Session

logger = logging.getLogger(__name__)

_PLATFORMS = {"windows": "Windows", "linux": "Linux", "macos": "macOS"}


def _procedure(test: dict[str, Any]) -> str:
    executor = test.get("executor", {})
    command = executor.get("command", "").strip()
    for name, argument in test.get("input_arguments", {}).items():
        command = command.replace(f"#{{{name}}}", str(argument.get("default", "")))
    return command


def import_atomic_tests(db: Session, documents: list[dict[str, Any]]) -> dict[str, int]:
    """Take over the tests of Atomic Red Team that are new."""
    existing_ids = {
        row[0]
        for row in db.query(TestTemplate.source_id)
        .filter(TestTemplate.source == "atomic_red_team")
        .all()
    }
    created = 0
    skipped = 0
    for document in documents:
        mitre_id = document.get("attack_technique")
        if not mitre_id:
            continue
        for test in document.get("atomic_tests", []):
            source_id = test.get("auto_generated_guid")
            if not source_id or source_id in existing_ids:
                skipped += 1
                continue
            platforms = test.get("supported_platforms") or [None]
            template = TestTemplate(
                mitre_technique_id=mitre_id,
                name=test["name"][:200],
                source="atomic_red_team",
                source_id=source_id,
                platform=_PLATFORMS.get(platforms[0]),
                attack_procedure=_procedure(test),
            )
            db.add(template)
            existing_ids.add(source_id)
            created += 1
    db.add(AuditLog(action="import_atomic", details=f"created={created}", timestamp=utcnow()))
    db.commit()
    logger.info("Atomic Red Team: %d created, %d skipped", created, skipped)
    return {"created": created, "skipped": skipped}
