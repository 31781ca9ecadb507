from soc.models import Campaign, CampaignTest

MODELS = "soc"
MODULE = "campaign_scheduler_service"
RULES = ("eager-load",)


def scenario(module, session):
    original = session.query(Campaign).filter(Campaign.id == 1).first()
    return module._clone_campaign(session, original).id if original else None


def sizes(session):
    found = session.query(CampaignTest.test_id).filter(CampaignTest.campaign_id == 1)
    return {
        "campaigns": session.query(Campaign).filter_by(id=1).count(),
        "tests": len({key for (key,) in found}),
    }


def statements(sizes):
    # The campaign, what it was made of, and the copy's key after the commit.
    own = 3 if sizes["campaigns"] else 1
    return own + sizes["tests"], own + bool(sizes["tests"])
