from sqlalchemy.orm import Session

from app.models import OsintItem, Technique


def ingest_feed(db: Session, items: list[dict]) -> int:
    techniques = db.query(Technique).all()
    existing_urls = {url for (url,) in db.query(OsintItem.source_url).all()}
    created = 0
    for item in items:
        if item["url"] in existing_urls:
            continue
        for technique in techniques:
            if technique.mitre_id in item["text"]:
                db.add(
                    OsintItem(
                        technique_id=technique.id, source_url=item["url"], title=item["title"]
                    )
                )
                created += 1
        existing_urls.add(item["url"])
    db.commit()
    return created
