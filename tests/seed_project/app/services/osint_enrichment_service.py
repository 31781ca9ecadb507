import logging

import httpx
from sqlalchemy.orm import Session

from app.models import OsintItem, Technique

logger = logging.getLogger(__name__)


def enrich_technique_with_cves(db: Session, technique: Technique) -> int:
    data = httpx.get("https://services.example.org/cves", params={"q": technique.name}).json()
    created = 0
    for vuln in data.get("vulnerabilities", []):
        cve_id = vuln["cve"]["id"]
        exists = (
            db.query(OsintItem.id)
            .filter(
                OsintItem.technique_id == technique.id,
                OsintItem.source_url.contains(cve_id),
            )
            .first()
        )
        if exists:
            continue
        db.add(
            OsintItem(
                technique_id=technique.id,
                source_url=f"https://nvd.example.org/vuln/{cve_id}",
                title=cve_id,
            )
        )
        created += 1
    db.commit()
    return created


def enrich_all_techniques(db: Session) -> int:
    techniques = db.query(Technique).all()
    total = 0
    for i, tech in enumerate(techniques):
        logger.info("technique %d of %d", i + 1, len(techniques))
        total += enrich_technique_with_cves(db, tech)
    return total
