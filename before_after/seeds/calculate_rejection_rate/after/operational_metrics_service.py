"""The rejection rate: six counts of the same table, one after the other."""

from __future__ import annotations

from typing import Any

from soc.models import Test, TestState
from sqlalchemy import case, func
from sqlalchemy.orm import Session


def calculate_rejection_rate(db: Session) -> dict[str, Any]:
    """How many tests were rejected, in all and by each team."""
    # By the leads of the red team
    # By the leads of the blue team
    validated_count, rejected_count, red_rejected, red_total, blue_rejected, blue_total = db.query(
        func.count(case((Test.state == TestState.validated, 1))),
        func.count(case((Test.state == TestState.rejected, 1))),
        func.count(case((Test.red_validation_status == "rejected", 1))),
        func.count(case((Test.red_validation_status.in_(["approved", "rejected"]), 1))),
        func.count(case((Test.blue_validation_status == "rejected", 1))),
        func.count(case((Test.blue_validation_status.in_(["approved", "rejected"]), 1))),
    ).one()
    total_reviewed = validated_count + rejected_count
    overall = round(rejected_count / total_reviewed * 100, 1) if total_reviewed > 0 else 0.0

    return {
        "rejection_rate": overall,
        "total_reviewed": total_reviewed,
        "rejected": rejected_count,
        "by_team": {
            "red": round(red_rejected / red_total * 100, 1) if red_total > 0 else 0.0,
            "blue": round(blue_rejected / blue_total * 100, 1) if blue_total > 0 else 0.0,
        },
    }
