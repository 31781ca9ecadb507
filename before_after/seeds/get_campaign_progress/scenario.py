from soc.models import CampaignTest

MODELS = "soc"
MODULE = "campaign_service"
RULES = ("eager-load",)


def scenario(module, session):
    return module.get_campaign_progress(session, 1)


def sizes(session):
    found = session.query(CampaignTest.test_id).filter(CampaignTest.campaign_id == 1)
    return {"tests": len({key for (key,) in found})}
