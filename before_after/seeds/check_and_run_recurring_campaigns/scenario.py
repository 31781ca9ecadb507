from soc.models import Campaign, User, utcnow

MODELS = "soc"
MODULE = "campaign_scheduler_service"
RULES = ("hoist-invariant", "commit-once", "expired-in-loop")
FIXED = False


def scenario(module, session):
    return module.check_and_run_recurring_campaigns(session)


def sizes(session):
    due = session.query(Campaign).filter(Campaign.is_recurring, Campaign.next_run_at <= utcnow())
    red_techs = session.query(User).filter(User.role == "red_tech", User.is_active)
    return {"due_campaigns": due.count(), "red_techs": red_techs.count()}


def statements(sizes):
    due, red_techs = sizes["due_campaigns"], sizes["red_techs"]
    # After a commit the next campaign, the next user and the clone are loaded again.
    again = max(0, due - 1) + 2 * due * max(0, red_techs - 1)
    return 1 + due + again, 1 + due + again
