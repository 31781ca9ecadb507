"""Campaigns that are due: the red team is fetched for each, and each message is committed."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from notification_service import create_notification
from soc.models import Campaign, User, utcnow
from sqlalchemy.orm import Session

logger = logging.getLogger(__name__)

_INTERVALS = {"weekly": 7, "monthly": 30, "quarterly": 91}


def _next_run(campaign: Campaign, now: datetime) -> datetime:
    return now + timedelta(days=_INTERVALS.get(campaign.recurrence, 30))


def check_and_run_recurring_campaigns(db: Session) -> int:
    """Start what is due, and tell the red team; gives how many campaigns were started."""
    now = utcnow()
    due_campaigns = (
        db.query(Campaign)
        .filter(
            Campaign.is_recurring.is_(True),
            Campaign.next_run_at.isnot(None),
            Campaign.next_run_at <= now,
        )
        .order_by(Campaign.id)
        .all()
    )
    if not due_campaigns:
        return 0

    started = 0
    for campaign in due_campaigns:
        clone = Campaign(
            name=f"{campaign.name} ({now:%Y-%m-%d})",
            status="active",
            threat_actor_id=campaign.threat_actor_id,
            parent_campaign_id=campaign.id,
        )
        db.add(clone)
        db.flush()
        campaign.last_run_at = now
        campaign.next_run_at = _next_run(campaign, now)

        red_techs = (
            db.query(User)
            .filter(User.role == "red_tech", User.is_active.is_(True))
            .order_by(User.id)
            .all()
        )
        for user in red_techs:
            create_notification(
                db,
                user_id=user.id,
                type="campaign_started",
                title=f"{clone.name} has started",
                entity_id=clone.id,
            )
        started += 1
    db.commit()
    logger.info("%d campaigns started", started)
    return started
