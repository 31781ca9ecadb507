"""No query stands in a loop."""

from __future__ import annotations

from typing import Any

from soc.models import JiraLink, Technique, Test, utcnow
from sqlalchemy.orm import Session


def _description(test: Test, technique: Technique | None) -> str:
    lines = [test.description or "", "", f"State: {test.state.value}"]
    if technique is not None:
        lines.append(f"Technique: {technique.mitre_id} {technique.name}")
    return "\n".join(lines)


def create_issue_for_test(db: Session, client: Any, project: str, test_id: int) -> str:
    """Open an issue for a test, unless there is one."""
    test = db.query(Test).filter(Test.id == test_id).first()
    if test is None:
        raise ValueError("Test not found")
    link = (
        db.query(JiraLink)
        .filter(JiraLink.entity_type == "test", JiraLink.entity_id == test.id)
        .first()
    )
    if link is not None:
        return link.issue_key
    technique = db.query(Technique).filter(Technique.id == test.technique_id).first()
    fields = {
        "project": {"key": project},
        "summary": test.name,
        "description": _description(test, technique),
        "issuetype": {"name": "Task"},
    }
    issue_key = client.create_issue(fields)
    db.add(JiraLink(entity_type="test", entity_id=test.id, issue_key=issue_key))
    db.commit()
    return issue_key


def sync_statuses(db: Session, client: Any) -> int:
    """Ask Jira for the status of all issues; gives how many have changed."""
    links = db.query(JiraLink).order_by(JiraLink.id).all()
    changed = 0
    for link in links:
        status = client.status_of(link.issue_key)
        if status != link.status:
            link.status = status
            link.synced_at = utcnow()
            changed += 1
    db.commit()
    return changed
