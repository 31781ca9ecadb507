"""One query for each call."""

from __future__ import annotations

from typing import Any

from soc.models import Worklog
from sqlalchemy.orm import Session


def _payload(worklog: Worklog, issue_key: str, account: str) -> dict[str, Any]:
    return {
        "issueKey": issue_key,
        "timeSpentSeconds": worklog.seconds,
        "startDate": worklog.started_at.date().isoformat(),
        "startTime": worklog.started_at.time().isoformat(),
        "description": worklog.activity.replace("_", " ").capitalize(),
        "authorAccountId": account,
    }


def push_worklog(db: Session, client: Any, worklog_id: int, issue_key: str, account: str) -> bool:
    """Send a worklog to Tempo, once."""
    worklog = db.query(Worklog).filter(Worklog.id == worklog_id).first()
    if worklog is None or worklog.tempo_id is not None or worklog.seconds < 60:
        return False
    answer = client.post("/worklogs", json=_payload(worklog, issue_key, account))
    worklog.tempo_id = answer["tempoWorklogId"]
    db.commit()
    return True
