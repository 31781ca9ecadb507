from sqlalchemy.orm import Session

from app.models import TestTemplate


def import_lolbas(db: Session, entries: list[dict]) -> int:
    existing_ids = {row[0] for row in db.query(TestTemplate.source_id).all()}
    created = 0
    for entry in entries:
        if entry["id"] in existing_ids:
            continue
        db.add(
            TestTemplate(
                name=entry["name"], mitre_technique_id=entry["technique"], source_id=entry["id"]
            )
        )
        existing_ids.add(entry["id"])
        created += 1
    db.commit()
    return created
