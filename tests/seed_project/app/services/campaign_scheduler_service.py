from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Campaign, CampaignTest, User
from app.services.notification_service import create_notification


def _clone_campaign(db: Session, campaign: Campaign) -> list[str]:
    original_cts = (
        db.query(CampaignTest)
        .filter(CampaignTest.campaign_id == campaign.id)
        .order_by(CampaignTest.order_index)
        .all()
    )
    names = []
    for ct in original_cts:
        src_test = ct.test
        names.append(src_test.name)
    return names


def check_and_run_recurring_campaigns(db: Session) -> int:
    due_campaigns = (
        db.query(Campaign)
        .filter(Campaign.is_recurring, Campaign.next_run_at <= datetime.utcnow())
        .all()
    )
    for campaign in due_campaigns:
        _clone_campaign(db, campaign)
        red_techs = db.query(User).filter(User.role == "red_tech", User.is_active).all()
        for user in red_techs:
            create_notification(db, user.id, f"Campaign {campaign.name} is due")
    return len(due_campaigns)
