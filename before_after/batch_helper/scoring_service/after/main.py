"""A scoring service: five queries for each technique, called from four loops in three functions."""

from __future__ import annotations

from models import Base as Base
from models import Technique
from scoring import (
    calculate_actor_coverage_score,
    calculate_organization_score,
    calculate_tactic_score,
    calculate_technique_score,
    load_technique_score_data,
)
from sqlalchemy.orm import Session


def create_snapshot(db: Session) -> dict[str, object]:
    techniques = db.query(Technique).order_by(Technique.name).all()
    data = load_technique_score_data(techniques, db)
    details = {tech.name: calculate_technique_score(tech, db, data=data) for tech in techniques}
    return {"details": details, "organization": calculate_organization_score(db)}


def overview(db: Session) -> list[object]:
    first = db.query(Technique).order_by(Technique.id).first()
    return [
        calculate_technique_score(first, db) if first else None,
        calculate_tactic_score("impact", db),
        calculate_tactic_score("none", db),
        calculate_actor_coverage_score("bear", db),
    ]
