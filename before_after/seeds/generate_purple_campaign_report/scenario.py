from soc.models import Campaign, CampaignTest, Technique, Test

MODELS = "soc"
MODULE = "report_generation_service"
RULES = ("hoist-lookup",)


def scenario(module, session):
    return module.generate_purple_campaign_report(session, 1)


def sizes(session):
    found = session.query(Test.id, Test.technique_id).join(CampaignTest).filter_by(campaign_id=1)
    tests = set(found)
    return {
        "campaigns": session.query(Campaign).filter_by(id=1).count(),
        "campaign_tests": len(tests),
        "technique_ids": len({key for _, key in tests}),
    }


def statements(sizes):
    own = 1 + sizes["campaigns"]
    return own + sizes["campaign_tests"], own + bool(sizes["technique_ids"])
