from sqlalchemy.orm import Session

from app.models import CampaignTest, Technique, Test


def generate_purple_campaign_report(db: Session, campaign_id) -> list[dict]:
    campaign_tests = (
        db.query(Test)
        .join(CampaignTest, CampaignTest.test_id == Test.id)
        .filter(CampaignTest.campaign_id == campaign_id)
        .all()
    )
    rows = []
    for test in campaign_tests:
        technique = db.query(Technique).filter(Technique.id == test.technique_id).first()
        rows.append({"test": test.name, "technique": technique.name if technique else None})
    return rows
