"""Techniques, controls and mappings are fetched before the loops that insert."""

from __future__ import annotations

from typing import Any

from soc.models import (
    ComplianceControl,
    ComplianceControlMapping,
    ComplianceFramework,
    Technique,
)
from sqlalchemy.orm import Session


def _get_or_create_framework(db: Session, name: str, version: str) -> ComplianceFramework:
    framework = db.query(ComplianceFramework).filter(ComplianceFramework.name == name).first()
    if framework is None:
        framework = ComplianceFramework(name=name, version=version)
        db.add(framework)
        db.flush()
    elif framework.version != version:
        framework.version = version
    return framework


def import_framework(
    db: Session, name: str, version: str, controls: list[dict[str, Any]]
) -> dict[str, int]:
    """Take over the controls of a framework, and which technique each of them is about."""
    framework = _get_or_create_framework(db, name, version)
    all_techniques = {t.mitre_id: t for t in db.query(Technique).all()}
    existing_controls = {
        control.control_id: control
        for control in db.query(ComplianceControl)
        .filter(ComplianceControl.framework_id == framework.id)
        .all()
    }

    new_controls = 0
    for data in controls:
        if data["id"] in existing_controls:
            continue
        control = ComplianceControl(
            framework_id=framework.id, control_id=data["id"], title=data["title"]
        )
        db.add(control)
        existing_controls[data["id"]] = control
        new_controls += 1
    db.flush()

    existing_mappings = {
        (mapping.control_id, mapping.technique_id)
        for mapping in db.query(ComplianceControlMapping).all()
    }
    new_mappings = 0
    for data in controls:
        control = existing_controls[data["id"]]
        for mitre_id in data.get("techniques", []):
            technique = all_techniques.get(mitre_id)
            if technique is None or (control.id, technique.id) in existing_mappings:
                continue
            db.add(ComplianceControlMapping(control_id=control.id, technique_id=technique.id))
            existing_mappings.add((control.id, technique.id))
            new_mappings += 1
    db.commit()
    return {"controls": new_controls, "mappings": new_mappings}
