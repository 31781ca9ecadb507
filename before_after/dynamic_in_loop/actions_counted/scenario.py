from shop.models import User


def scenario(module, session):
    return module.activity(session)


def sizes(session):
    count = session.query(User).count()
    return {"users": count, "user_ids": count}
