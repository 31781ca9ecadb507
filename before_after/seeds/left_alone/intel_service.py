"""Techniques and addresses are fetched before the loop over a feed."""

from __future__ import annotations

import re
from typing import Any

from soc.models import IntelItem, Technique
from sqlalchemy.orm import Session

_MITRE_ID = re.compile(r"\bT\d{4}(?:\.\d{3})?\b")


def _mentioned(text: str, techniques: list[Technique]) -> list[Technique]:
    ids = set(_MITRE_ID.findall(text))
    lowered = text.lower()
    return [t for t in techniques if t.mitre_id in ids or t.name.lower() in lowered]


def scan_feed(db: Session, source: str, entries: list[dict[str, Any]]) -> int:
    """Keep the entries of a feed that mention a technique; gives how many are new."""
    techniques = db.query(Technique).order_by(Technique.mitre_id).all()
    existing_urls = {row[0] for row in db.query(IntelItem.url).filter(IntelItem.source == source)}
    created = 0
    for entry in entries:
        url = entry.get("link")
        if not url or url in existing_urls:
            continue
        text = f"{entry.get('title', '')} {entry.get('summary', '')}"
        for technique in _mentioned(text, techniques):
            db.add(
                IntelItem(
                    technique_id=technique.id,
                    url=url,
                    title=entry.get("title", url)[:300],
                    source=source,
                )
            )
            created += 1
        existing_urls.add(url)
    db.commit()
    return created
